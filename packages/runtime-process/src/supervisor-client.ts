import { lstatSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { RuntimeError } from '@wave-store/runtime'
import { eachLine } from './each-line.ts'
import { type ChangeNotice, longestMessage, type Operation, type Operations, type Response } from './protocol.ts'
import type { StorePaths } from './store-paths.ts'

/** One connection to a supervisor. */
export class SupervisorClient {
  readonly #socket: Socket
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #lastId = 0
  /** Called when the supervisor says that something has changed. */
  onChange: () => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    eachLine(socket, (line) => this.#onMessage(line as Response | ChangeNotice), longestMessage)
    socket.on('close', () => this.#onClose())
  }

  /** Undefined when nobody listens there. */
  static connect({ run, socket: path }: StorePaths): Promise<SupervisorClient | undefined> {
    refuseOthers(run)
    return new Promise((resolve, reject) => {
      const socket = connect(path)
      socket.once('connect', () => resolve(new SupervisorClient(socket)))
      socket.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined)
        else reject(new RuntimeError('unavailable', `The supervisor at ${path} cannot be reached: ${error.message}`))
      })
    })
  }

  get closed(): boolean {
    return this.#socket.destroyed
  }

  call<O extends Operation>(operation: O, params: Operations[O]['params']): Promise<Operations[O]['result']> {
    const id = ++this.#lastId
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(id, answer)
    if (this.closed) this.#onClose()
    else this.#socket.write(`${JSON.stringify({ id, operation, params })}\n`)
    return answer.promise as Promise<Operations[O]['result']>
  }

  close(): void {
    this.#socket.destroy()
  }

  #onMessage(message: Response | ChangeNotice): void {
    if ('event' in message) this.onChange()
    else this.#onResponse(message)
  }

  #onResponse(response: Response): void {
    const answer = this.#waiting.get(response.id)
    this.#waiting.delete(response.id)
    if ('error' in response) {
      const { code, message } = response.error
      answer?.reject(code === 'internal' ? new Error(message) : new RuntimeError(code, message))
    } else answer?.resolve(response.result)
  }

  #onClose(): void {
    for (const answer of this.#waiting.values()) {
      answer.reject(new RuntimeError('unavailable', 'The supervisor went away before it answered; try again'))
    }
    this.#waiting.clear()
  }
}

/** Where anybody may make directories, another user could wait for what is told to the supervisor: credentials, bundles. */
function refuseOthers(run: string): void {
  const stats = lstatSync(run, { throwIfNoEntry: false })
  if (!stats || (stats.isDirectory() && stats.uid === process.getuid?.())) return
  throw new RuntimeError(
    'unavailable',
    `${run} belongs to another user (${stats.uid}): have it removed, and start again`,
  )
}
