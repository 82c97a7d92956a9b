import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { Exit, InstanceSpec, Phase } from '@wave-store/runtime'

const keptOutputBytes = 4 << 20

/** A start on its way to its container; from then on the engine knows all of it. */
export class Starting {
  readonly spec: InstanceSpec
  /** Names the process in its log, here and in its container. */
  readonly process: string = randomUUID()
  readonly #abort = new AbortController()
  readonly #onChange: () => void
  phase: Extract<Phase, 'queued' | 'installing'> = 'queued'
  phaseSince = Date.now()
  /** Where no container could be made that tells it. */
  exit: Exit | undefined
  #output: Buffer = Buffer.alloc(0)
  #changed = Promise.withResolvers<void>()
  #isOver = false
  done: Promise<void> = Promise.resolve()

  constructor(spec: InstanceSpec, onChange: () => void) {
    this.spec = spec
    this.#onChange = onChange
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** What the build of its environment has printed. */
  get output(): string {
    return this.#output.toString()
  }

  /** It waits for its environment, which may take minutes. */
  isBuilding = false

  /** Its container runs, or it has failed. */
  get isOver(): boolean {
    return this.#isOver
  }

  abort(): void {
    this.#abort.abort(new Error('Stopped on request'))
  }

  onPhase(phase: 'queued' | 'installing'): void {
    this.isBuilding = true
    if (phase === this.phase) return
    this.phase = phase
    this.phaseSince = Date.now()
    this.#onChange()
  }

  onOutput(chunk: Uint8Array): void {
    if (this.#output.length >= keptOutputBytes) return
    this.#output = Buffer.concat([this.#output, chunk])
    this.#wake()
  }

  end(exit?: Exit): void {
    this.exit = exit
    this.#isOver = true
    this.#wake()
    this.#onChange()
  }

  /** The output from `offset` on as it comes, whole lines of it at the end, until the start is over. */
  async *follow(offset: number, signal: AbortSignal | undefined): AsyncIterable<Buffer> {
    const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
    for (let position = offset; !signal?.aborted; ) {
      const changed = this.#changed.promise
      // As it will stand in the log: text.
      const text = Buffer.from(this.output)
      if (position < text.length) {
        yield text.subarray(position)
        position = text.length
      } else if (this.#isOver) return
      else await Promise.race([changed, aborted])
    }
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}
