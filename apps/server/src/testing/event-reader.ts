import { type StoreEvent, storeEvent } from '@wave-store/contract'
import { eventually } from '@wave-store/testing'
import type { TestPerson } from './test-store.ts'

/** A page that follows events, as far as a test looks at it. */
export class EventReader implements AsyncDisposable {
  readonly events: StoreEvent[] = []
  /** Resolves when the store has ended the stream. */
  readonly ended: Promise<void>
  readonly #stop = new AbortController()

  private constructor(body: ReadableStream<Uint8Array>, stop: AbortController) {
    this.#stop = stop
    this.ended = this.#read(body).catch(() => undefined)
  }

  static async open(person: TestPerson, query = ''): Promise<EventReader> {
    const stop = new AbortController()
    const response = await person.fetch(`/api/events${query}`, { signal: stop.signal })
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
    const reader = new EventReader(response.body!, stop)
    await reader.until(({ kind }) => kind === 'hello')
    return reader
  }

  /** The first event that came, or comes, and is as wanted. */
  until(isWanted: (event: StoreEvent) => boolean): Promise<StoreEvent> {
    return eventually(() => {
      const found = this.events.find(isWanted)
      if (!found) throw new Error(`Not among ${this.events.map(({ kind }) => kind).join(', ')}`)
      return found
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.ended
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
      const blocks = (text + chunk).split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data !== undefined) this.events.push(storeEvent.parse(JSON.parse(data)))
      }
    }
  }
}
