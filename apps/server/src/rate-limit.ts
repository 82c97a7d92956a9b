import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from './app-error.ts'

export interface Rate {
  times: number
  perSeconds: number
}

/** How often one person, or one address, may do one thing. Counted in this process. */
export class RateLimit {
  readonly #limiter: RateLimiterMemory
  readonly #refusal: string

  /** @param refusal what is told past the limit, a sentence without the time to wait */
  constructor(rate: Rate, refusal: string) {
    this.#limiter = new RateLimiterMemory({ points: rate.times, duration: rate.perSeconds })
    this.#refusal = refusal
  }

  /** Counts one time. @throws {AppError} `rate_limited` past the limit */
  async take(key: string): Promise<void> {
    await this.#limiter.consume(key).catch((cause: unknown) => {
      if (cause instanceof RateLimiterRes) throw this.#refused(cause.msBeforeNext)
      throw cause
    })
  }

  /** Counts nothing. @throws {AppError} `rate_limited` when the limit is reached */
  async requireLeft(key: string): Promise<void> {
    const state = await this.#limiter.get(key)
    if (state && state.consumedPoints >= this.#limiter.points) throw this.#refused(state.msBeforeNext)
  }

  /** Takes back one time that was counted. */
  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key)
  }

  async forget(key: string): Promise<void> {
    await this.#limiter.delete(key)
  }

  #refused(waitMs: number): AppError {
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
    const wait =
      retryAfterSeconds < 90 ? `${retryAfterSeconds} seconds` : `${Math.ceil(retryAfterSeconds / 60)} minutes`
    return new AppError('rate_limited', `${this.#refusal} Try again in ${wait}.`, { retryAfterSeconds })
  }
}
