import type { ObservedInstance, Runtime } from '@wave-store/runtime'

/** A hint may be lost. */
const lookEachMs = 1000

/** The instance as it changes, until it has ended, is gone or `signal` aborts. */
export async function* observe(runtime: Runtime, id: string, signal: AbortSignal): AsyncGenerator<ObservedInstance> {
  let changed = Promise.withResolvers<void>()
  runtime.onChange?.(() => changed.resolve())
  signal.addEventListener('abort', () => changed.resolve())
  while (!signal.aborted) {
    changed = Promise.withResolvers()
    const seen = (await runtime.inspect()).find((instance) => instance.id === id)
    if (!seen) return
    yield seen
    if (seen.phase === 'exited') return
    const timer = setTimeout(changed.resolve, lookEachMs)
    await changed.promise
    clearTimeout(timer)
  }
}
