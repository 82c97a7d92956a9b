/**
 * The path, query and fragment that somebody asked to come back to; `/` when it does not lead to this origin. What is
 * given is what a browser would make of it: `/.//host` becomes `//host`, which names another one.
 */
export function safeReturnTo(value: unknown, origin: URL): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/'
  const url = URL.parse(value, origin.origin)
  if (url?.origin !== origin.origin || url.pathname.startsWith('//')) return '/'
  return url.pathname + url.search + url.hash
}
