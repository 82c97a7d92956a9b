/** A request that waits no longer than this for the beginning of an answer. What follows may take as long as it likes. */
export async function reach(url: string, init: RequestInit, timeoutMs: number): Promise<Response> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(new NoAnswer(timeoutMs)), timeoutMs)
  const signals = [patience.signal, ...(init.signal ? [init.signal] : [])]
  try {
    return await fetch(url, { redirect: 'manual', ...init, signal: AbortSignal.any(signals) })
  } finally {
    clearTimeout(timer)
  }
}

/** Nothing came within the time that was given. */
export class NoAnswer extends Error {
  readonly waitedMs: number

  constructor(waitedMs: number) {
    super(`No answer within ${waitedMs / 1000} seconds`)
    this.name = 'NoAnswer'
    this.waitedMs = waitedMs
  }
}
