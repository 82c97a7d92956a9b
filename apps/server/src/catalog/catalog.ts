import { Worker } from 'node:worker_threads'
import type { DatabaseAddress } from '../db/open-database.ts'
import type { CatalogAnswer, CatalogQuery } from './catalog-query.ts'
import type { CatalogRequest } from './catalog-thread.ts'

/**
 * Lists, counts and searches the versions in the store, in a thread of its own, so that nobody waits for somebody else's
 * search. Every answer knows all that was committed before the question.
 */
export class Catalog implements AsyncDisposable {
  readonly #databaseAddress: DatabaseAddress
  readonly #waiting = new Map<number, PromiseWithResolvers<CatalogAnswer>>()
  #thread: Worker | null = null
  #asked = 0

  constructor(databaseAddress: DatabaseAddress) {
    this.#databaseAddress = databaseAddress
  }

  /** Reads all of it, so that the first who asks need not wait for that. */
  open(): void {
    this.#thread ??= this.#start()
  }

  async find(query: CatalogQuery): Promise<CatalogAnswer> {
    this.open()
    const id = this.#asked++
    const answer = Promise.withResolvers<CatalogAnswer>()
    this.#waiting.set(id, answer)
    this.#thread!.postMessage({ id, query } satisfies CatalogRequest)
    return answer.promise
  }

  /** Lets the thread end by itself: one that is ended in the midst of a read takes the process with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const thread = this.#thread
    if (!thread) return
    // What it failed of was told to who asked.
    const exit = new Promise((resolve) => thread.once('exit', resolve))
    thread.postMessage('end' satisfies CatalogRequest)
    await exit
  }

  #start(): Worker {
    const thread = new Worker(new URL('./catalog-thread.ts', import.meta.url), { workerData: this.#databaseAddress })
    // Only the server that it works for keeps the process alive.
    thread.unref()
    thread.on('message', ({ id, answer }: { id: number; answer: CatalogAnswer }) => {
      this.#waiting.get(id)?.resolve(answer)
      this.#waiting.delete(id)
    })
    let cause: unknown
    thread.on('error', (error) => {
      cause = error
    })
    // Who asks next starts another one.
    thread.on('exit', () => {
      this.#thread = null
      for (const { reject } of this.#waiting.values()) reject(new Error('The Catalog stopped.', { cause }))
      this.#waiting.clear()
    })
    return thread
  }
}
