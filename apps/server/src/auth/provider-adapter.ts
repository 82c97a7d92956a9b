import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { personFromUpstream } from './upstream-sign-in.ts'

const refreshGraceMs = 30_000

/** Where the embedded identity provider keeps what it remembers: our database. */
export class ProviderAdapter implements Adapter {
  readonly #kind: string
  readonly #db: Db
  readonly #clock: Clock

  constructor(kind: string, db: Db, clock: Clock) {
    this.#kind = kind
    this.#db = db
    this.#clock = clock
  }

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void> {
    const now = this.#clock.now()
    const values = {
      payloadJson: JSON.stringify(payload),
      // Somebody who has just said who they are at an interaction: what ends their sessions ends it too.
      accountId: saidToBe(payload) ?? payload.accountId ?? null,
      clientId: payload.clientId ?? null,
      grantId: payload.grantId ?? null,
      userCode: payload.userCode ?? null,
      uid: payload.uid ?? null,
      expiresAt: expiresInSeconds ? now + expiresInSeconds * 1000 : null,
    }
    await this.#db.deleteFrom('providerState').where('expiresAt', '<=', now).execute()
    await this.#db
      .insertInto('providerState')
      .values({ kind: this.#kind, id, consumedAt: null, ...values })
      .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(values))
      .execute()
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('id', id)
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('userCode', userCode)
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy('uid', uid)
  }

  /** The first use is what counts: a token that is used again and again is not good for longer. */
  async consume(id: string): Promise<void> {
    await this.#db
      .updateTable('providerState')
      .set({ consumedAt: this.#clock.now() })
      .where('kind', '=', this.#kind)
      .where('id', '=', id)
      .where('consumedAt', 'is', null)
      .execute()
  }

  async destroy(id: string): Promise<void> {
    await this.#db.deleteFrom('providerState').where('kind', '=', this.#kind).where('id', '=', id).execute()
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#db.deleteFrom('providerState').where('grantId', '=', grantId).execute()
  }

  async #findBy(column: 'id' | 'userCode' | 'uid', value: string): Promise<AdapterPayload | undefined> {
    const row = await this.#db
      .selectFrom('providerState')
      .select(['payloadJson', 'consumedAt'])
      .where('kind', '=', this.#kind)
      .where(column, '=', value)
      .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', this.#clock.now())]))
      .executeTakeFirst()
    if (!row) return undefined
    const payload = JSON.parse(row.payloadJson) as AdapterPayload
    if (row.consumedAt === null || this.#isGraced(row.consumedAt)) return payload
    return { ...payload, consumed: Math.floor(row.consumedAt / 1000) }
  }

  /**
   * Two programs of one person may refresh with one token at the same moment, and an answer may get lost: for a moment
   * that is no theft. Later a second use ends the grant.
   */
  #isGraced(consumedAt: number): boolean {
    return this.#kind === 'RefreshToken' && this.#clock.now() - consumedAt < refreshGraceMs
  }
}

function saidToBe({ result }: AdapterPayload): string | undefined {
  return result?.login?.accountId ?? (result && personFromUpstream({ result }))
}
