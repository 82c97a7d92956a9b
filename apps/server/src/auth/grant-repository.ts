import type { AdapterPayload } from 'oidc-provider'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'

/** What a person has allowed a client to do, with the tokens that came from it. Times in epoch milliseconds. */
export interface ClientGrant {
  id: string
  createdAt: number
  /** When tokens were last issued. */
  lastUsedAt: number
  /** When the last of its tokens ends, unless it is used before. */
  expiresAt: number
}

/** Grants of the embedded provider, as it keeps them through its adapter. */
export class GrantRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Those of a person with tokens that can still be refreshed, latest use first. */
  async listOf(personId: string, clientId: string): Promise<ClientGrant[]> {
    const rows = await this.#db
      .selectFrom('providerState as token')
      .innerJoin('providerState as grant', 'grant.id', 'token.grantId')
      .select(['grant.id', 'grant.payloadJson as grantJson', 'token.payloadJson as tokenJson', 'token.expiresAt'])
      .where('token.kind', '=', 'RefreshToken')
      .where('grant.kind', '=', 'Grant')
      .where('token.accountId', '=', personId)
      .where('token.clientId', '=', clientId)
      .where('token.consumedAt', 'is', null)
      .where('token.expiresAt', '>', this.#clock.now())
      .orderBy('token.expiresAt', 'desc')
      .execute()
    const latest = new Map<string, ClientGrant>()
    for (const row of rows) {
      if (latest.has(row.id)) continue
      const [createdAt, lastUsedAt] = [issuedAt(row.grantJson), issuedAt(row.tokenJson)]
      latest.set(row.id, { id: row.id, createdAt, lastUsedAt, expiresAt: row.expiresAt! })
    }
    return [...latest.values()]
  }

  /** What a person last allowed a client that asks once only. */
  async latestOf(personId: string | undefined, clientId: string): Promise<string | undefined> {
    if (personId === undefined) return undefined
    const row = await this.#db
      .selectFrom('providerState')
      .select('id')
      .where('kind', '=', 'Grant')
      .where('accountId', '=', personId)
      .where('clientId', '=', clientId)
      .where('expiresAt', '>', this.#clock.now())
      .orderBy('expiresAt', 'desc')
      .executeTakeFirst()
    return row?.id
  }

  /** Ends everything that anybody has allowed a client. */
  async endAllTo(clientId: string): Promise<void> {
    await this.#db.deleteFrom('providerState').where('clientId', '=', clientId).execute()
  }

  /** @returns whether the person had granted it */
  async end(personId: string, grantId: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('providerState')
      .where('kind', '=', 'Grant')
      .where('id', '=', grantId)
      .where('accountId', '=', personId)
      .executeTakeFirstOrThrow()
    await this.#db
      .deleteFrom('providerState')
      .where('grantId', '=', grantId)
      .where('accountId', '=', personId)
      .execute()
    return numDeletedRows > 0n
  }

  /** Ends everything that the provider remembers of a person. */
  async endAllOf(personId: string): Promise<void> {
    await this.#db.deleteFrom('providerState').where('accountId', '=', personId).execute()
  }
}

function issuedAt(payloadJson: string): number {
  return ((JSON.parse(payloadJson) as AdapterPayload).iat ?? 0) * 1000
}
