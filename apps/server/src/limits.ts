import type { Config } from './config/config.ts'
import { networkOf } from './http/client-address.ts'
import { type Rate, RateLimit } from './rate-limit.ts'

/** Many people may come from one address: it may do so many times as much as one of them. */
const peoplePerAddress = 10

export interface Limits {
  imports: SharedLimit
  launches: SharedLimit
  /** Visits that wake an instance: as many as launches. */
  wakes: SharedLimit
  /** Those of people who are not signed in, by address. */
  strangersWakes: RateLimit
  /** Beginnings of sign-ins, by address: each is kept for an hour. */
  signIns: RateLimit
  /** Steps at the provider that it keeps something of, by address; a sign-in takes two, that of a program three. */
  authorizations: RateLimit
}

export function openLimits({ importsPerHour, launchesPerMinute }: Config['limits']): Limits {
  return {
    imports: new SharedLimit({ times: importsPerHour, perSeconds: 3600 }, 'Too many imports.'),
    launches: new SharedLimit({ times: launchesPerMinute, perSeconds: 60 }, 'Too many launches.'),
    wakes: new SharedLimit({ times: launchesPerMinute, perSeconds: 60 }, 'Too many instances were woken.'),
    strangersWakes: new RateLimit({ times: 10, perSeconds: 60 }, 'Too many instances were woken from your address.'),
    authorizations: new RateLimit({ times: 1500, perSeconds: 5 * 60 }, 'Too many sign-ins come from your address.'),
    signIns: new RateLimit({ times: 300, perSeconds: 5 * 60 }, 'Too many sign-ins were begun from your address.'),
  }
}

/** Who does something, and where they are; null: the store itself. */
export interface Origin {
  personId: string
  address: string | null
}

/** How often one person may do one thing, and how often it may be done from one address. */
export class SharedLimit {
  readonly #byPerson: RateLimit
  readonly #byAddress: RateLimit

  constructor({ times, perSeconds }: Rate, refusal: string) {
    this.#byPerson = new RateLimit({ times, perSeconds }, refusal)
    this.#byAddress = new RateLimit(
      { times: times * peoplePerAddress, perSeconds },
      `${refusal} They came from your address.`,
    )
  }

  /** Counts one time. @throws {AppError} `rate_limited` past either limit */
  async take({ personId, address }: Origin): Promise<void> {
    const network = address === null ? null : networkOf(address)
    if (network !== null) await this.#byAddress.requireLeft(network)
    await this.#byPerson.take(personId)
    if (network !== null) await this.#byAddress.take(network)
  }
}
