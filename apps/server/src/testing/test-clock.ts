import type { SteadyClock } from '../clock.ts'

/** A clock that goes on by itself, and can be moved. */
export class TestClock implements SteadyClock {
  #date = 0
  #passed = 0

  // Spread into the store's own: members, not methods.
  readonly now = () => Date.now() + this.#date
  readonly steady = () => performance.now() + this.#passed

  /** Time goes by. */
  pass(ms: number): void {
    this.#date += ms
    this.#passed += ms
  }

  /** Somebody sets the date: no time goes by. */
  jump(ms: number): void {
    this.#date += ms
  }
}
