import type { Adapter, AdapterPayload } from 'oidc-provider'

const remembered = new Map<string, AdapterPayload>()

/** Keeps everything for as long as the process runs. */
export class MemoryAdapter implements Adapter {
  readonly #kind: string

  constructor(kind: string) {
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    remembered.set(this.#key(id), payload)
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return remembered.get(this.#key(id))
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...remembered.values()].find((payload) => payload.kind === this.#kind && payload.uid === uid)
  }

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    const payload = remembered.get(this.#key(id))
    if (payload) payload.consumed = Math.floor(Date.now() / 1000)
  }

  async destroy(id: string): Promise<void> {
    remembered.delete(this.#key(id))
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    forget((payload) => payload.grantId === grantId)
  }

  #key(id: string): string {
    return `${this.#kind} ${id}`
  }
}

/** Takes back every token that somebody's sign-ins gave. */
export function revokeTokensOf(subject: string): void {
  forget((payload) => payload.accountId === subject && payload.kind !== 'Session')
}

function forget(isMeant: (payload: AdapterPayload) => boolean): void {
  for (const [key, payload] of remembered) if (isMeant(payload)) remembered.delete(key)
}
