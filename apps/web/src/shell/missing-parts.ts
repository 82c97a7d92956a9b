const missing = new WeakSet<Error>()
const key = 'wave-store:reloaded-at'
const pause = 60_000

/** Notes which errors are a part of the page that did not come: the store was upgraded, or the connection was cut. */
export function watchForMissingParts(): void {
  addEventListener('vite:preloadError', (event) => missing.add(event.payload))
}

/**
 * Loads the page anew, which brings its parts of today, if the error is a part that did not come.
 *
 * False where it is something else, or where loading anew within the last minute did not help.
 */
export function reloadForMissingPart(error: unknown): boolean {
  if (!(error instanceof Error && missing.has(error))) return false
  if (Date.now() - Number(sessionStorage.getItem(key)) < pause) return false
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
  return true
}
