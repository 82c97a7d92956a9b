/** What a store may need for each byte that it was sent, to look at it before it answers. */
const lookMsPerByte = 1 / 1000

/** Otherwise all that is sent is kept, in case that it has to be sent again. */
const sentOnce = { window: null, redirect: 'error' } as const

/**
 * A request that waits no longer than this for the beginning of an answer. What follows may take as long as it likes, and
 * so may a body that is sent in pieces: it is waited for each of them, and after the last one longer the more they were.
 */
export async function reach(url: string, init: RequestInit, timeoutMs: number): Promise<Response> {
  const patience = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let isAnswered = false
  const waitFor = (ms: number) => {
    clearTimeout(timer)
    // A body may go on when it has been answered.
    if (!isAnswered) timer = setTimeout(() => patience.abort(new NoAnswer(ms)), ms)
  }
  const signals = [patience.signal, ...(init.signal ? [init.signal] : [])]
  const { body } = init
  waitFor(timeoutMs)
  try {
    return await fetch(url, {
      redirect: 'manual',
      ...init,
      ...(body instanceof ReadableStream && { ...sentOnce, body: body.pipeThrough(watched(timeoutMs, waitFor)) }),
      signal: AbortSignal.any(signals),
    })
  } finally {
    isAnswered = true
    clearTimeout(timer)
  }
}

function watched(timeoutMs: number, waitFor: (ms: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let sentBytes = 0
  return new TransformStream({
    transform(chunk, controller) {
      waitFor(timeoutMs)
      sentBytes += chunk.byteLength
      controller.enqueue(chunk)
    },
    flush() {
      waitFor(timeoutMs + sentBytes * lookMsPerByte)
    },
  })
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
