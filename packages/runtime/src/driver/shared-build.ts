import { Buffer } from 'node:buffer'
import type { Package } from './packages-of.ts'

export interface Listener {
  onPhase(phase: 'queued' | 'installing'): void
  onOutput(chunk: Uint8Array): void
}

export type BuildResult = { built: true; packages?: Package[] } | { built: false; failure: BuildFailure }

export interface BuildFailure {
  reason: string
  message: string
}

const keptOutputBytes = 4 << 20

/**
 * One build that several instances wait for. Each sees the whole of its output, whenever it came; when the last has
 * left, the build is ended.
 */
export class SharedBuild {
  readonly #listeners = new Set<Listener>()
  readonly #abort = new AbortController()
  readonly #output: Uint8Array[] = []
  #outputBytes = 0
  #phase: 'queued' | 'installing' = 'queued'
  readonly result: Promise<BuildResult>

  constructor(build: (listener: Listener, signal: AbortSignal) => Promise<BuildResult>) {
    this.result = build(
      { onPhase: (phase) => this.#tell(phase), onOutput: (it) => this.#print(it) },
      this.#abort.signal,
    )
    // Those who wait see it fail; nobody may be left to.
    this.result.catch(() => {})
  }

  /** True when nobody waits any more and the build is on its way out. */
  get abandoned(): boolean {
    return this.#abort.signal.aborted
  }

  /** Waits with the others; rejects as soon as `signal` aborts. */
  async join(listener: Listener, signal: AbortSignal): Promise<BuildResult> {
    signal.throwIfAborted()
    this.#listeners.add(listener)
    listener.onPhase(this.#phase)
    if (this.#outputBytes > 0) listener.onOutput(Buffer.concat(this.#output))
    const left = Promise.withResolvers<never>()
    const leave = () => left.reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([this.result, left.promise])
    } finally {
      signal.removeEventListener('abort', leave)
      this.#listeners.delete(listener)
      if (signal.aborted && this.#listeners.size === 0) {
        this.#abort.abort(signal.reason)
        await this.result.catch(() => {})
      }
    }
  }

  #tell(phase: 'queued' | 'installing'): void {
    this.#phase = phase
    for (const listener of this.#listeners) listener.onPhase(phase)
  }

  #print(chunk: Uint8Array): void {
    if (this.#outputBytes < keptOutputBytes) {
      this.#output.push(chunk)
      this.#outputBytes += chunk.length
    }
    for (const listener of this.#listeners) listener.onOutput(chunk)
  }
}
