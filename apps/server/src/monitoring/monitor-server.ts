import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Monitor } from './monitor.ts'

/** A port of its own, as what it tells is for operators alone: `GET /metrics`. */
export async function serveMonitor(monitor: Monitor, listen: { host: string; port: number }): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end('Metrics are at /metrics.\n')
    monitor.text().then(
      (text) => response.writeHead(200, { 'content-type': monitor.contentType }).end(text),
      () => response.writeHead(503).end('Some of it could not be read: the database may be away.\n'),
    )
  }).listen(listen)
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
