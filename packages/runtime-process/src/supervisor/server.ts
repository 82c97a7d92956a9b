import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { RuntimeError } from '@wave-store/runtime'
import { eachLine } from '../each-line.ts'
import {
  type ChangeNotice,
  longestMessage,
  type Operation,
  type Operations,
  protocolVersion,
  type Request,
  type Response,
  type Settings,
} from '../protocol.ts'
import type { StorePaths } from '../store-paths.ts'
import { Supervisor } from './supervisor.ts'

const idleMs = 30_000
/** For instances whose driver went away. */
const graceMs = 5000

/** Answers drivers over the Unix socket, and ends when nobody needs it any more. */
export class SupervisorServer {
  readonly #store: StorePaths
  readonly #server: Server
  /** Each with what it has started. */
  readonly #connections = new Map<Socket, Set<string>>()
  readonly #onEnd: () => void
  #supervisor: Promise<Supervisor> | undefined
  /** Settings or machine did not let it begin; the next driver may be of another version, and starts its own. */
  #isOfNoUse = false
  #endsWithDriver = false
  /** What would be begun now would be left behind. */
  #isEnding = false
  #closing: Promise<void> | undefined
  #idle: NodeJS.Timeout | undefined
  #notice: NodeJS.Immediate | undefined

  constructor(store: StorePaths, onEnd: () => void) {
    this.#store = store
    this.#onEnd = onEnd
    this.#server = createServer((socket) => this.#serve(socket))
  }

  async listen(): Promise<void> {
    const directory = path.dirname(this.#store.socket)
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    chmodSync(directory, 0o700)
    rmSync(this.#store.socket, { force: true })
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.#store.socket, resolve)
    })
    chmodSync(this.#store.socket, 0o600)
    this.#endWhenIdle()
  }

  async end(graceMs: number): Promise<void> {
    try {
      await this.#close(graceMs)
    } finally {
      this.#onEnd()
    }
  }

  #serve(socket: Socket): void {
    clearTimeout(this.#idle)
    this.#connections.set(socket, new Set())
    socket.on('close', () => void this.#letGo(socket))
    eachLine(socket, (line) => void this.#answer(socket, line as Request), longestMessage)
  }

  async #letGo(socket: Socket): Promise<void> {
    const started = this.#connections.get(socket) ?? []
    this.#connections.delete(socket)
    if (this.#endsWithDriver) {
      const supervisor = await this.#supervisor?.catch(() => undefined)
      const ending = [...started].map((id) => supervisor?.instances.stop(id, { data: 'delete', graceMs }))
      for (const { status, reason } of (await Promise.allSettled(ending)) as PromiseRejectedResult[])
        if (status === 'rejected') console.error(reason)
    }
    this.#endWhenIdle()
  }

  async #answer(socket: Socket, request: Request): Promise<void> {
    const response = await this.#respond(request)
    if (request.operation === 'start' && 'result' in response) this.#connections.get(socket)?.add(idOf(request))
    if (request.operation === 'shutdown') socket.end(`${JSON.stringify(response)}\n`, this.#onEnd)
    else if (socket.writable) socket.write(`${JSON.stringify(response)}\n`)
  }

  async #respond({ id, operation, params }: Request): Promise<Response> {
    try {
      return { id, result: await this.#do(operation, params) }
    } catch (error) {
      const code = error instanceof RuntimeError ? error.code : 'internal'
      if (code === 'internal') console.error(error)
      return { id, error: { code, message: (error as Error).message } }
    }
  }

  async #do(operation: Operation, params: unknown): Promise<unknown> {
    if (this.#isEnding && operation !== 'shutdown')
      throw new RuntimeError('unavailable', 'The supervisor is ending; the next one is asked in a moment')
    switch (operation) {
      case 'hello':
        return { protocol: protocolVersion, pid: process.pid }
      case 'configure':
        return await this.#configure(params as Settings)
      case 'start':
        return (await this.#opened()).start(params as Operations['start']['params']) ?? null
      case 'inspect':
        return (await this.#opened()).instances.inspect()
      case 'stats':
        return (await this.#opened()).stats()
      case 'environments':
        return (await this.#opened()).shelf.list()
      case 'packages':
        return (await this.#opened()).shelf.packages((params as Operations['packages']['params']).key)
      case 'discard':
        await (await this.#opened()).shelf.discard((params as Operations['discard']['params']).key)
        return null
      case 'stop': {
        const { id, options } = params as Operations['stop']['params']
        await (await this.#opened()).instances.stop(id, options)
        return null
      }
      case 'shutdown':
        await this.#close((params as Operations['shutdown']['params']).graceMs)
        return null
    }
  }

  /** Once, however many ask for it. */
  #close(graceMs: number): Promise<void> {
    this.#isEnding = true
    this.#closing ??= this.#closeAll(graceMs)
    return this.#closing
  }

  async #closeAll(graceMs: number): Promise<void> {
    const supervisor = await this.#supervisor?.catch(() => undefined)
    await supervisor?.close(graceMs)
    this.#server.close()
    rmSync(this.#store.run, { recursive: true, force: true })
  }

  async #configure(settings: Settings) {
    if (!this.#supervisor) {
      this.#supervisor = Supervisor.open(this.#store, settings)
      this.#supervisor.catch(() => {
        this.#supervisor = undefined
        this.#isOfNoUse = true
      })
    }
    const supervisor = await this.#supervisor
    this.#endsWithDriver = settings.endWithDriver ?? false
    supervisor.instances.onChange = () => this.#tellOfChanges()
    this.#isOfNoUse = false
    return await supervisor.configure(settings)
  }

  /** Once for all that changes in one turn. */
  #tellOfChanges(): void {
    this.#notice ??= setImmediate(() => {
      this.#notice = undefined
      const notice: ChangeNotice = { event: 'changed' }
      for (const socket of this.#connections.keys()) if (socket.writable) socket.write(`${JSON.stringify(notice)}\n`)
    })
  }

  async #opened(): Promise<Supervisor> {
    if (!this.#supervisor) throw new RuntimeError('unavailable', 'The supervisor has not been configured yet')
    return await this.#supervisor
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idle)
    if (this.#connections.size > 0) return
    const waitMs = this.#isOfNoUse || this.#endsWithDriver ? 0 : idleMs
    this.#idle = setTimeout(async () => {
      const supervisor = await this.#supervisor?.catch(() => undefined)
      if (this.#connections.size > 0) return
      if (supervisor && supervisor.instances.running > 0) this.#endWhenIdle()
      else await this.end(0)
    }, waitMs)
  }
}

function idOf({ params }: Request): string {
  return (params as Operations['start']['params']).id
}
