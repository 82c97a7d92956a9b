/** Whether a page shows something to somebody who is not signed in, where the store is in public mode. */
export function isPublicPlace(pathname: string): boolean {
  return /^\/(catalog\/?|apps\/[^/]+(\/[^/]*)?)?$/.test(pathname)
}
