import type { Server } from 'node:http'
import type { Server as SecureServer, TlsOptions } from 'node:tls'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { Logger } from 'pino'
import { hostAndPort } from '../config/check-addresses.ts'
import { type Config, ConfigError, type TlsFiles } from '../config/config.ts'
import { certificateRefusals } from './certificate-refusals.ts'
import { FreshCertificate } from './fresh-certificate.ts'

const lookEveryMs = 30_000

/** The certificates that the store shows, and the latest of what is in their files. */
export class Certificates implements Disposable {
  readonly #own: FreshCertificate
  readonly #apps: FreshCertificate | null
  readonly #appsName: string
  #appsContext: SecureContext | undefined
  #server: SecureServer | undefined
  #timer: NodeJS.Timeout | undefined

  private constructor(files: TlsFiles, { publicUrl, appsHost }: Config) {
    const apps = hostAndPort(appsHost).name
    this.#appsName = apps
    this.#own = new FreshCertificate(files, {
      words: certificateRefusals('WAVE_STORE_TLS_CERT_FILE', 'WAVE_STORE_TLS_KEY_FILE'),
      hosts: { store: publicUrl.hostname, ...(!files.apps && { apps }) },
    })
    this.#apps =
      files.apps &&
      new FreshCertificate(files.apps, {
        words: certificateRefusals('WAVE_STORE_TLS_APPS_CERT_FILE', 'WAVE_STORE_TLS_APPS_KEY_FILE'),
        hosts: { apps },
      })
  }

  /**
   * Null where the store does not speak TLS.
   *
   * @throws {ConfigError} with all that is wrong with the files
   */
  static async open(config: Config): Promise<Certificates | null> {
    if (!config.tls) return null
    const certificates = new Certificates(config.tls, config)
    const looks = await Promise.all(certificates.#all.map((one) => one.look()))
    const problems = looks.flatMap((look) => look.problems)
    if (problems.length > 0) throw new ConfigError(problems)
    certificates.#use()
    return certificates
  }

  /** For a server that is made now. */
  options(): TlsOptions {
    const { cert, key } = this.#own.current
    const SNICallback: TlsOptions['SNICallback'] = (name, done) =>
      done(null, name.toLowerCase().endsWith(`.${this.#appsName}`) ? this.#appsContext : undefined)
    return { cert, key, ...(this.#apps && { SNICallback }) }
  }

  /** New connections to the server get what is renewed; those that are open go on as they are. */
  keepFresh(server: Server, logger: Logger, everyMs = lookEveryMs): void {
    this.#server = server as Server & SecureServer
    this.#timer = setInterval(() => void this.#renew(logger), everyMs).unref()
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  get #all(): FreshCertificate[] {
    return this.#apps ? [this.#own, this.#apps] : [this.#own]
  }

  async #renew(logger: Logger): Promise<void> {
    for (const one of this.#all) {
      const { isNew, problems } = await one.look()
      const { goodUntil } = one.current
      if (problems.length > 0)
        logger.error({ problems, goodUntil }, 'a renewed certificate cannot be used; the one before stays')
      if (!isNew) continue
      this.#use()
      logger.info({ goodUntil }, 'a renewed certificate is in use')
    }
  }

  #use(): void {
    const { cert, key } = this.#own.current
    this.#server?.setSecureContext({ cert, key })
    this.#appsContext = this.#apps ? createSecureContext(this.#apps.current) : undefined
  }
}
