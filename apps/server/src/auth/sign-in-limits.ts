import { AppError } from '../app-error.ts'
import { RateLimit } from '../rate-limit.ts'

const perSeconds = 15 * 60
const refusal = 'Too many sign-ins with a wrong password.'

/** Slows guessing of passwords down, for one account and from one address. */
export class SignInLimits {
  readonly #byUsername = new RateLimit({ times: 10, perSeconds }, refusal)
  readonly #byAddress = new RateLimit({ times: 100, perSeconds }, refusal)

  /** What an address past its limit sends is refused before anything is looked up for it. @throws {AppError} `rate_limited` */
  async requireLeft(address: string): Promise<void> {
    await this.#byAddress.requireLeft(address)
  }

  /**
   * Runs a check of a password and counts when it fails.
   *
   * @throws {AppError} `rate_limited` before the check, once too many have failed
   */
  async guard<T>(attempt: { username: string; address: string }, check: () => Promise<T | null>): Promise<T | null> {
    const username = attempt.username.toLowerCase()
    await this.#byUsername.requireLeft(username)
    await this.#byAddress.requireLeft(attempt.address)
    const result = await check()
    if (result !== null) await this.#byUsername.forget(username)
    else await this.#count(username, attempt.address)
    return result
  }

  /** Attempts at the same moment may all be let in; those past the limit are counted and told. */
  async #count(username: string, address: string): Promise<void> {
    const counted = await Promise.allSettled([this.#byUsername.take(username), this.#byAddress.take(address)])
    const refused = counted.find((one) => one.status === 'rejected')
    if (refused)
      throw refused.reason instanceof AppError
        ? refused.reason
        : new AppError('internal', refusal, { cause: refused.reason })
  }
}
