self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('fetch', (event) => event.respondWith(new Response('from the worker that was left behind')))
