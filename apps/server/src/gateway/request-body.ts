import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/**
 * The body of a request on its way to an app. Destroying it, as happens when the app answers before it has read
 * everything, leaves the client's connection alone: the rest is read and thrown away, so that the answer arrives.
 */
export class RequestBody extends Readable {
  readonly #request: IncomingMessage
  readonly #onData = (chunk: Buffer) => {
    if (!this.push(chunk)) this.#request.pause()
  }
  readonly #onEnd = () => this.push(null)

  constructor(request: IncomingMessage) {
    super()
    this.#request = request
    request.on('data', this.#onData).on('end', this.#onEnd)
    // Whoever reads it has listeners of its own only as long as it is interested.
    this.on('error', () => {})
  }

  override _read(): void {
    this.#request.resume()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#request.off('data', this.#onData).off('end', this.#onEnd).resume()
    done(error)
  }
}
