/** Undefined for what is no address. `URL.parse` is not there before Node 22. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
