import { createHmac, timingSafeEqual } from 'node:crypto'

export const bundlePath = '/internal/bundles'

interface Addresses {
  /** Where whoever fetches it reaches the store. */
  at: URL
  /** What the store itself answers as. */
  publicUrl: URL
}

/**
 * Opens single bundles to the runtime, which fetches them by HTTP where its engine is elsewhere. A pass holds for one bundle and
 * as long as the store's keys: pods may wait long for their place.
 */
export class BundlePasses {
  readonly #key: string

  constructor(key: string) {
    this.#key = key
  }

  sourceOf(sha256: string, { at, publicUrl }: Addresses): { url: string; headers: Record<string, string> } {
    const url = new URL(`${bundlePath}/${sha256}`, at)
    const isElsewhere = at.host !== publicUrl.host
    return {
      url: url.href,
      headers: { authorization: `Bearer ${this.#passOf(sha256)}`, ...(isElsewhere && { host: publicUrl.host }) },
    }
  }

  /** @param authorization the header of a request for it */
  admits(sha256: string, authorization: string | undefined): boolean {
    const given = Buffer.from(authorization ?? '')
    const wanted = Buffer.from(`Bearer ${this.#passOf(sha256)}`)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }

  #passOf(sha256: string): string {
    return createHmac('sha256', this.#key).update(`bundle ${sha256}`).digest('base64url')
  }
}
