import { execFile } from 'node:child_process'
import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Files in PEM form. */
export interface IssuedCertificate {
  certFile: string
  keyFile: string
}

/** A certificate authority of a test's own, good for two days. */
export class TestAuthority {
  /** What those who trust it hold. */
  readonly certFile: string
  readonly #keyFile: string
  readonly #directory: string

  private constructor(directory: string) {
    this.#directory = directory
    this.certFile = join(directory, 'authority.pem')
    this.#keyFile = join(directory, 'authority.key')
  }

  /** @param directory for its files; made where it is missing */
  static async create(directory: string): Promise<TestAuthority> {
    await mkdir(directory, { recursive: true })
    const authority = new TestAuthority(directory)
    await openssl(['-subj', '/CN=A test’s own authority', '-keyout', authority.#keyFile, '-out', authority.certFile])
    return authority
  }

  /**
   * A certificate, followed by the authority's own.
   *
   * @param hosts names that the certificate is for, wildcards among them
   */
  async issue(file: string, hosts: string[]): Promise<IssuedCertificate> {
    const issued = { certFile: join(this.#directory, `${file}.pem`), keyFile: join(this.#directory, `${file}.key`) }
    await openssl([
      ...['-CA', this.certFile, '-CAkey', this.#keyFile, '-subj', `/CN=${file}`],
      ...['-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth'],
      ...['-keyout', issued.keyFile, '-out', issued.certFile],
    ])
    await appendFile(issued.certFile, await readFile(this.certFile))
    return issued
  }
}

async function openssl(args: string[]): Promise<void> {
  await run('openssl', ['req', '-x509', '-days', '2', '-sha256', ...newKey, ...args])
}
