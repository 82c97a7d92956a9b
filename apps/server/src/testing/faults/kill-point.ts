import type { Runtime } from '@wave-store/runtime'
import Sqlite from 'better-sqlite3'

/** Where the process ends: at the `at`-th thing that it does from now on, and on which side of it. */
export interface KillPoint {
  at: number
  when: 'before' | 'after'
}

/**
 * Ends this process without a word at one of the things it does for good: a write to the database, or a call of the
 * runtime that changes something.
 */
export class Killer {
  #point: KillPoint | undefined
  #done = 0

  arm(point: KillPoint): void {
    this.#point = point
    this.#done = 0
  }

  disarm(): void {
    this.#point = undefined
  }

  /** From now on every write of every database of this process counts. */
  watchDatabases(): void {
    const { prepare } = Sqlite.prototype
    const killer = this
    Sqlite.prototype.prepare = function (this: Sqlite.Database, source: string) {
      const statement = prepare.call(this, source)
      if (!/^\s*(insert|update|delete|commit)/i.test(source)) return statement
      for (const method of ['run', 'all'] as const) {
        const original = statement[method].bind(statement) as (...args: unknown[]) => unknown
        Object.assign(statement, { [method]: (...args: unknown[]) => killer.#around(() => original(...args)) })
      }
      return statement
    } as typeof prepare
  }

  /** From now on calls of the runtime count that change something. */
  watchRuntime(runtime: Runtime): void {
    const { start, stop } = runtime
    runtime.start = (spec) => this.#aroundLater(() => start.call(runtime, spec))
    runtime.stop = (id, options) => this.#aroundLater(() => stop.call(runtime, id, options))
  }

  #around<T>(write: () => T): T {
    const isHere = this.#isHere()
    if (isHere === 'before') end()
    const result = write()
    if (isHere === 'after') end()
    return result
  }

  async #aroundLater<T>(call: () => Promise<T>): Promise<T> {
    const isHere = this.#isHere()
    if (isHere === 'before') end()
    const result = await call()
    if (isHere === 'after') end()
    return result
  }

  #isHere(): KillPoint['when'] | undefined {
    if (!this.#point) return undefined
    this.#done += 1
    return this.#done === this.#point.at ? this.#point.when : undefined
  }
}

function end(): void {
  process.kill(process.pid, 'SIGKILL')
}
