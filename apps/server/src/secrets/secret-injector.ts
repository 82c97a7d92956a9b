import { type InjectedSecrets, redact } from '@wave-store/instance-spec'
import type { AppRepository, AppRow } from '../apps/repository.ts'
import type { SecretRepository } from './repository.ts'
import { secretsFor } from './secrets-for.ts'

/** Gives instances their secrets, and takes them out of what is said about instances. */
export class SecretInjector {
  readonly #parts: { apps: AppRepository; secrets: SecretRepository }
  /** What each instance was given, by its id: a value may be another one since, or gone. */
  readonly #given = new Map<string, string[]>()

  constructor(parts: { apps: AppRepository; secrets: SecretRepository }) {
    this.#parts = parts
  }

  /** @throws {AppError} `cannot_launch`, see `secretsFor` */
  async inject(instanceId: string, app: AppRow): Promise<InjectedSecrets> {
    const injected = await secretsFor(this.#parts, null, app)
    if (injected.redact.length > 0) this.#given.set(instanceId, injected.redact)
    return injected
  }

  /** The text without what the instance was given; started by an earlier server, what it would be given now. */
  async redact({ id, appId }: { id: string; appId: string }, text: string): Promise<string> {
    const given = this.#given.get(id)
    if (given) return redact(text, given)
    const app = await this.#parts.apps.byId(appId)
    const now = app && (await secretsFor(this.#parts, null, app).catch(() => undefined))
    return redact(text, now?.redact ?? [])
  }

  forget(instanceId: string): void {
    this.#given.delete(instanceId)
  }
}
