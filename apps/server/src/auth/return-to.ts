/**
 * The path, query and fragment that somebody asked to come back to; `/` when it does not lead to this origin.
 */
export function safeReturnTo(value: unknown, origin: URL): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/'
  const url = URL.parse(value, origin.origin)
  return url?.origin === origin.origin ? url.pathname + url.search + url.hash : '/'
}
