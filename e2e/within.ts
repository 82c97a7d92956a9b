/** What the browser sets no limit to itself, so that a step which hangs is named rather than the whole test. */
const longestMs = 60_000

/** @throws naming `what` when it takes longer than a minute */
export async function within<T>(what: string, step: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`${what} takes longer than ${longestMs / 1000} s`)), longestMs)
  try {
    return await Promise.race([step, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
