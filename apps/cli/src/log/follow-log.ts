import { setTimeout as wait } from 'node:timers/promises'
import { logProcessHeader, operations } from '@wave-store/contract'
import type { Cli } from '../cli.ts'
import { isCode } from '../explain.ts'
import type { Store } from '../store/store.ts'
import { isPassing, watchInstance } from '../store/watch-instance.ts'
import { LogPosition } from './log-position.ts'

type Process = 'current' | 'previous'

const pauseMs = 200
/** Of an instance that has no process, and gets none before something happens. */
const atRest = new Set(['queued', 'exited', 'backing_off', 'stopping'])

/**
 * Prints the log of the instance's process from its beginning, and goes on with what it and those that come after it
 * write, across restarts of the instance and of the store, until the instance is gone. Each byte is printed once.
 */
export async function followLog(cli: Cli, store: Store, instanceId: string): Promise<void> {
  const follower = new LogFollower(cli, store, instanceId)
  for (;;) {
    const goesOn = await follower.readOn()
    if (!goesOn && !(await mayWriteMore(cli, store, instanceId))) break
    if (!goesOn) await wait(pauseMs, undefined, { signal: cli.interrupted })
  }
  await follower.readOn()
}

/** Prints the log as it is. */
export async function printLog(cli: Cli, store: Store, instanceId: string, process: Process): Promise<void> {
  const { body } = await store.send(operations.readLogs, { params: { instanceId }, query: { process } })
  for await (const chunk of body ?? []) await cli.out.write(chunk)
}

/** Waits until the instance has a process. False: it is gone. */
async function mayWriteMore(cli: Cli, store: Store, instanceId: string): Promise<boolean> {
  for await (const { phase } of watchInstance(cli, store, instanceId)) if (!atRest.has(phase)) return true
  return false
}

/** Knows up to where which process's log was printed. */
class LogFollower {
  readonly #cli: Cli
  readonly #store: Store
  readonly #instanceId: string
  #process: string | undefined
  #position = new LogPosition(0)

  constructor(cli: Cli, store: Store, instanceId: string) {
    this.#cli = cli
    this.#store = store
    this.#instanceId = instanceId
  }

  /** Prints what has come since, until the process has ended or the connection breaks off. Whether to look again at once. */
  async readOn(): Promise<boolean> {
    try {
      const answer = await this.#ask('current', this.#position.bytes)
      if (answer.process === undefined) return false
      this.#process ??= answer.process
      if (answer.process === this.#process) return await this.#print(answer.body)
      await answer.body?.cancel()
      await this.#finishPrevious()
      // Should yet another one follow before the next look, this one's log is found as the previous one.
      this.#process = answer.process
      this.#position = new LogPosition(0)
      return true
    } catch (error) {
      this.#cli.interrupted.throwIfAborted()
      if (isCode(error, 'not_found') || isPassing(error)) return false
      throw error
    }
  }

  /** The rest of the process that was printed so far, which another one has replaced. */
  async #finishPrevious(): Promise<void> {
    const previous = await this.#ask('previous', this.#position.bytes)
    if (previous.process === this.#process) await this.#print(previous.body)
    else this.#cli.say('# Output of an earlier process is no longer kept.')
    if (!this.#position.isAtLineStart) await this.#cli.out.write('\n')
  }

  async #ask(process: Process, offset: number) {
    const { headers, body } = await this.#store.send(operations.readLogs, {
      params: { instanceId: this.#instanceId },
      query: { process, offset, follow: process === 'current' },
    })
    return { process: headers.get(logProcessHeader) ?? undefined, body }
  }

  async #print(body: ReadableStream<Uint8Array> | null): Promise<boolean> {
    const position = new LogPosition(this.#position.bytes)
    position.isAtLineStart = this.#position.isAtLineStart
    this.#position = position
    let hasCome = false
    for await (const chunk of body ?? []) {
      hasCome = true
      position.pass(chunk)
      await this.#cli.out.write(chunk)
    }
    return hasCome
  }
}
