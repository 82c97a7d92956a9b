import { networkOf } from '../http/client-address.ts'
import { RateLimit } from '../rate-limit.ts'

const perSeconds = 15 * 60
const refusal = 'Too many sign-ins with a wrong password.'

/** Slows guessing of passwords down, for one account and from one address. */
export class SignInLimits {
  readonly #byUsername = new RateLimit({ times: 10, perSeconds }, refusal)
  readonly #byAddress = new RateLimit({ times: 100, perSeconds }, refusal)

  /** What an address past its limit sends is refused before anything is looked up for it. @throws {AppError} `rate_limited` */
  async requireLeft(address: string): Promise<void> {
    await this.#byAddress.requireLeft(networkOf(address))
  }

  /**
   * Runs a check of a password. Each is counted before it runs, so that guesses at the same moment gain nothing; who
   * knew the password is not counted.
   *
   * @throws {AppError} `rate_limited` before the check, once too many have failed
   */
  async guard<T>(attempt: { username: string; address: string }, check: () => Promise<T | null>): Promise<T | null> {
    const username = attempt.username.toLowerCase()
    const network = networkOf(attempt.address)
    try {
      await this.#byAddress.take(network)
      await this.#byUsername.take(username)
    } catch (cause) {
      // What is not even checked for one account does not count against everybody there.
      await this.#byAddress.giveBack(network)
      throw cause
    }
    const result = await check()
    if (result === null) return null
    await this.#byUsername.forget(username)
    await this.#byAddress.giveBack(network)
    return result
  }
}
