import { isIP } from 'node:net'

export type Environment = Record<string, string | undefined>

const units = { '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, k: 1e3, M: 1e6, G: 1e9, T: 1e12 } as const

/** Reads settings from an environment, one by one, and remembers everything that is wrong with them. */
export class Settings {
  readonly problems: string[] = []
  readonly #environment: Environment
  readonly #known = new Set<string>()
  readonly #refused = new Set<string>()

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** Whether a setting could not be read, so that nothing can be said about what follows from it. */
  isRefused(name: string): boolean {
    return this.#refused.has(name)
  }

  text(name: string): string | null {
    this.#known.add(name)
    return this.#environment[name]?.trim() || null
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name)?.toLowerCase()
    if (value === undefined) return fallback
    if (['true', '1', 'yes', 'on'].includes(value)) return true
    if (['false', '0', 'no', 'off'].includes(value)) return false
    return this.#wrong(name, 'true or false', fallback)
  }

  integer(name: string, fallback: number, range: { min: number; max: number }): number {
    const value = this.text(name)
    if (value === null) return fallback
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
    if (number >= range.min && number <= range.max) return number
    return this.#wrong(name, `a whole number from ${range.min} to ${range.max}`, fallback)
  }

  bytes(name: string, fallback: number): number {
    const value = this.text(name)
    if (value === null) return fallback
    const match = /^(\d+)([kMGT]|[KMGT]i)?$/.exec(value)
    const bytes = match ? Number(match[1]) * units[(match[2] ?? '') as keyof typeof units] : Number.NaN
    if (Number.isSafeInteger(bytes) && bytes > 0) return bytes
    return this.#wrong(name, 'a size such as 500Mi or 2Gi', fallback)
  }

  /** Keys of 32 bytes in base64, with blanks between. */
  keys(name: string, most: number): Buffer[] {
    const values = this.text(name)?.split(/\s+/) ?? []
    const keys = values.map((value) => Buffer.from(value, 'base64'))
    if (values.length <= most && keys.every((key) => key.length === 32)) return keys
    const wanted = most === 1 ? '32 bytes in base64' : 'keys of 32 bytes in base64, with blanks between'
    return this.#wrong(name, `${wanted}, such as openssl rand -base64 32 makes`, [])
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.text(name)
    if (value === null) return fallback
    return allowed.find((one) => one === value) ?? this.#wrong(name, `one of ${allowed.join(', ')}`, fallback)
  }

  /** Some of those that are allowed, with blanks or commas between; all where none is named. */
  someOf<T extends string>(name: string, allowed: readonly T[]): Set<T> {
    const values = this.text(name)?.split(/[\s,]+/) ?? []
    const known = allowed.filter((one) => values.includes(one))
    if (values.length === 0) return new Set(allowed)
    return known.length === values.length
      ? new Set(known)
      : this.#wrong(name, `some of ${allowed.join(', ')}`, new Set(allowed))
  }

  /** An absolute http(s) URL without a path. */
  origin(name: string, fallback: string): URL {
    const value = this.text(name) ?? fallback
    const url = URL.parse(value)
    const isBare = url?.pathname === '/' && !url.search && !url.hash && !url.username && !url.hostname.endsWith('.')
    if (url && isBare && /^https?:$/.test(url.protocol)) return url
    return this.#wrong(name, 'an origin such as https://store.example.org', new URL(fallback))
  }

  url(name: string): string | null {
    const value = this.text(name)
    if (value === null || /^https?:$/.test(URL.parse(value)?.protocol ?? '')) return value
    return this.#wrong(name, 'an http or https URL', null)
  }

  urls(name: string): string[] {
    const values = this.text(name)?.split(/\s+/) ?? []
    if (values.every((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''))) return values
    return this.#wrong(name, 'http or https URLs with blanks between', [])
  }

  address(name: string, fallback: string): string {
    const value = this.text(name) ?? fallback
    if (value === 'localhost' || isIP(value)) return value
    return this.#wrong(name, 'an IP address to listen on, such as 127.0.0.1 or 0.0.0.0', fallback)
  }

  /** Reports settings under our prefix that nobody asked for: most are typing errors. */
  refuseUnknown(prefix: string): void {
    for (const name of Object.keys(this.#environment))
      if (name.startsWith(prefix) && !this.#known.has(name))
        this.problems.push(`${name} is not a setting. The settings are ${[...this.#known].sort().join(', ')}.`)
  }

  /** Names the setting, never its value: that may be a secret. */
  #wrong<T>(name: string, wanted: string, fallback: T): T {
    this.#refused.add(name)
    this.problems.push(`${name} must be ${wanted}.`)
    return fallback
  }
}
