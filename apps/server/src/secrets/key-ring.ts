import { createHmac } from 'node:crypto'
import type { SecretValue } from '@wave-store/contract'
import { TextSealer } from '../auth/sealed-text.ts'

/** Where a value belongs: sealed for one place, it opens at no other. */
export interface Place {
  secretId: string
  key: string
}

/** The keys that values of secrets are sealed with: one that seals, and those that still open. */
export class KeyRing {
  readonly #sealers = new Map<string, TextSealer>()
  readonly #currentId: string | null

  /** @param keys 32 bytes each; the first one seals. None: nothing can be kept, nor read. */
  constructor(keys: Buffer[]) {
    for (const key of keys) this.#sealers.set(keyIdOf(key), new TextSealer(key.toString('base64url')))
    this.#currentId = keys[0] ? keyIdOf(keys[0]) : null
  }

  /** False: there is no key to seal with. */
  get canSeal(): boolean {
    return this.#currentId !== null
  }

  sealsWith(key: Buffer): boolean {
    return keyIdOf(key) === this.#currentId
  }

  /** How everything begins that the current key sealed. */
  get currentPrefix(): string {
    return `${this.#currentId ?? ''}.`
  }

  /** `<key id>.<base64url>`, which tells nothing but the length. @throws {Error} where there is no key */
  seal(value: SecretValue, place: Place): string {
    const sealer = this.#currentId === null ? undefined : this.#sealers.get(this.#currentId)
    if (!sealer) throw new Error('There is no key to seal secrets with')
    return this.currentPrefix + sealer.seal(JSON.stringify(value), ownerOf(place))
  }

  /** Undefined: the key is not here, or the text was changed, or taken from another place. */
  open(sealed: string, place: Place): SecretValue | undefined {
    const [id = '', text = ''] = sealed.split('.', 2)
    const opened = this.#sealers.get(id)?.open(text, ownerOf(place))
    return opened === undefined ? undefined : (JSON.parse(opened) as SecretValue)
  }

  /** Whether the key is here that sealed a text which begins so. */
  knows(prefix: string): boolean {
    return this.#sealers.has(prefix.split('.', 1)[0] ?? '')
  }
}

/** How many characters of a sealed text name its key, the dot included. */
export const prefixLength = 17

/** Tells keys apart, and nothing about them: what a sealed text begins with. */
export function keyIdOf(key: Buffer): string {
  return createHmac('sha256', key)
    .update('wave store secrets')
    .digest('hex')
    .slice(0, prefixLength - 1)
}

function ownerOf({ secretId, key }: Place): string {
  return `secret ${secretId} ${key}`
}
