import type { KeyPair } from '../config/config.ts'
import { type Certificate, type CertificateFiles, checkCertificate, readCertificateFiles } from './read-certificate.ts'

type Expected = Parameters<typeof checkCertificate>[1]

export interface Look {
  /** Whether there is a certificate to use that was not there before. */
  isNew: boolean
  /** What is wrong with files that changed; the certificate from before stays. */
  problems: string[]
}

/** A certificate that is read again when its files change. */
export class FreshCertificate {
  readonly #files: KeyPair
  readonly #expected: Expected
  #seen: CertificateFiles | undefined
  #current: Certificate | undefined

  constructor(files: KeyPair, expected: Expected) {
    this.#files = files
    this.#expected = expected
  }

  /** What the first look that found nothing wrong brought, or a later one. */
  get current(): Certificate {
    if (!this.#current) throw new Error('No certificate was read yet')
    return this.#current
  }

  /** Compares bytes, not times: renewals replace files, or what a link leads to. The same files are reported once. */
  async look(): Promise<Look> {
    const found = await readCertificateFiles(this.#files)
    if (this.#seen && isSame(this.#seen.cert, found.cert) && isSame(this.#seen.key, found.key))
      return { isNew: false, problems: [] }
    this.#seen = found
    const checked = checkCertificate(found, this.#expected)
    if ('problems' in checked) return { isNew: false, problems: checked.problems }
    this.#current = checked
    return { isNew: true, problems: [] }
  }
}

function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a && b ? a.equals(b) : a === b
}
