/** Where the gateway's own pages and steps stand on an instance's host; no app sees a request below it. */
export const reservedPrefix = '/_wave-store/'

/**
 * The path and query to go back to after sign-in; `/` when the text is not plainly a path of this origin: two
 * slashes and backslashes name another host to some browsers, control characters vanish in others.
 */
export function safeReturnPath(text: string | null): string {
  if (!text?.startsWith('/') || text.startsWith('//')) return '/'
  return /^[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : '/'
}
