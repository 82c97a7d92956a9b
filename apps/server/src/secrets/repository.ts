import { randomUUID } from 'node:crypto'
import type { Person, SecretAudience, SecretValue } from '@wave-store/contract'
import { type Selectable, sql, type Transaction } from 'kysely'
import { AppError, notFound } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/database.ts'
import { isUniqueViolation } from '../db/open-database.ts'
import { type KeyRing, prefixLength } from './key-ring.ts'
import { requireQuota, requireRoom } from './limits-repository.ts'
import { sealAnew } from './seal-anew-repository.ts'

export interface SecretRow {
  id: string
  name: string
  description: string
  /** Null: a shared one. */
  owner: Person | null
  /** Null: an own one. */
  audience: SecretAudience | null
  /** By name. */
  keys: { key: string; updatedAt: number; isLost: boolean }[]
  createdAt: number
  updatedAt: number
}

export interface NewSecret {
  name: string
  description: string
  ownerId: string | null
  audience: SecretAudience | null
  values: Record<string, SecretValue>
}

export interface SecretChanges {
  description?: string | undefined
  audience?: SecretAudience | undefined
  set?: Record<string, SecretValue> | undefined
  remove?: string[] | undefined
}

/** Which secrets are asked for. */
export type SecretFilter = { id: string } | { names: string[] } | { ownerId: string; orShared: true } | 'all'

/** Secrets, their values sealed. Only `open` gives values out. */
export class SecretRepository {
  readonly #db: Db
  readonly #clock: Clock
  readonly ring: KeyRing

  constructor(db: Db, clock: Clock, ring: KeyRing) {
    this.#db = db
    this.#clock = clock
    this.ring = ring
  }

  get canSeal(): boolean {
    return this.ring.canSeal
  }

  /** By name, an own one before a shared one. */
  async list(filter: SecretFilter): Promise<SecretRow[]> {
    return this.#list(this.#db, filter)
  }

  async byId(id: string): Promise<SecretRow | undefined> {
    return (await this.list({ id }))[0]
  }

  /** @throws {AppError} `conflict` when the owner has one of the name, `quota_exceeded` when they have `quota` others */
  async insert({ values, ...secret }: NewSecret, quota: number): Promise<SecretRow> {
    const now = this.#clock.now()
    const id = randomUUID()
    await this.#db
      .transaction()
      .execute(async (transaction) => {
        if (secret.ownerId !== null) await requireQuota(transaction, secret.ownerId, quota)
        const { audience, ...columns } = secret
        const audienceJson = audience && JSON.stringify(audience)
        await transaction
          .insertInto('secret')
          .values({ id, ...columns, audienceJson, createdAt: now, updatedAt: now })
          .execute()
        await this.#set(transaction, id, values)
      })
      .catch((cause: unknown) => {
        if (!isUniqueViolation(cause)) throw cause
        throw nameTaken(secret)
      })
    return (await this.byId(id))!
  }

  /** @throws {AppError} `too_large`; `not_found` when it went in the same moment */
  async update(id: string, { description, audience, set = {}, remove = [] }: SecretChanges): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('secret')
        .set({
          updatedAt: this.#clock.now(),
          ...(description !== undefined && { description }),
          ...(audience && { audienceJson: JSON.stringify(audience) }),
        })
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows === 0n) throw notFound('secret', id)
      if (remove.length > 0)
        await transaction.deleteFrom('secretValue').where('secretId', '=', id).where('key', 'in', remove).execute()
      await this.#set(transaction, id, set)
    })
  }

  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('secret').where('id', '=', id).execute()
  }

  /** Values by key; undefined where one is there that cannot be opened. Keys that are not there are left out. */
  async open(secretId: string, keys: string[]): Promise<Map<string, SecretValue | undefined>> {
    if (keys.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('secretValue')
      .select(['key', 'sealed'])
      .where('secretId', '=', secretId)
      .where('key', 'in', keys)
      .execute()
    return new Map(rows.map(({ key, sealed }) => [key, this.ring.open(sealed, { secretId, key })]))
  }

  /** Secrets with a value that no key here opens. */
  async lost(): Promise<SecretRow[]> {
    const prefixes = await this.#db
      .selectFrom('secretValue')
      .select(sql<string>`substr("sealed", 1, ${prefixLength})`.as('prefix'))
      .distinct()
      .execute()
    if (prefixes.every(({ prefix }) => this.ring.knows(prefix))) return []
    return (await this.list('all')).filter(({ keys }) => keys.some(({ isLost }) => isLost))
  }

  /** See `sealAnew`. */
  async sealAnew(): Promise<number> {
    return sealAnew(this.#db, this.ring)
  }

  async #list(db: Db | Transaction<Database>, filter: SecretFilter): Promise<SecretRow[]> {
    let secrets = db.selectFrom('secret').leftJoin('person', 'person.id', 'secret.ownerId').selectAll('secret')
    if (filter !== 'all') {
      if ('id' in filter) secrets = secrets.where('secret.id', '=', filter.id)
      if ('names' in filter) secrets = secrets.where('secret.name', 'in', filter.names)
      if ('ownerId' in filter)
        secrets = secrets.where((where) =>
          where.or([where('secret.ownerId', '=', filter.ownerId), where('secret.ownerId', 'is', null)]),
        )
    }
    const rows = await secrets
      .select(['person.name as ownerName', 'person.email as ownerEmail'])
      .orderBy('secret.name')
      .orderBy('person.name')
      .execute()
    const keys = await db
      .selectFrom('secretValue')
      .select(['secretId', 'key', 'updatedAt', sql<string>`substr("sealed", 1, ${prefixLength})`.as('prefix')])
      .where('secretId', 'in', secrets.clearSelect().select('secret.id'))
      .orderBy('key')
      .execute()
    const keysOf = Map.groupBy(keys, ({ secretId }) => secretId)
    return rows.map((row) => ({
      ...read(row),
      keys: (keysOf.get(row.id) ?? []).map(({ key, updatedAt, prefix }) => ({
        key,
        updatedAt,
        isLost: !this.ring.knows(prefix),
      })),
    }))
  }

  async #set(transaction: Transaction<Database>, secretId: string, values: Record<string, SecretValue>): Promise<void> {
    for (const [key, value] of Object.entries(values)) {
      const row = { sealed: this.ring.seal(value, { secretId, key }), updatedAt: this.#clock.now() }
      await transaction
        .insertInto('secretValue')
        .values({ secretId, key, ...row })
        .onConflict((conflict) => conflict.columns(['secretId', 'key']).doUpdateSet(row))
        .execute()
    }
    await requireRoom(transaction, secretId)
  }
}

function read(
  row: Selectable<Database['secret']> & { ownerName: string | null; ownerEmail: string | null },
): Omit<SecretRow, 'keys'> {
  const { ownerId, ownerName, ownerEmail, audienceJson, ...rest } = row
  return {
    ...rest,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '', email: ownerEmail ?? '' },
    audience: audienceJson === null ? null : (JSON.parse(audienceJson) as SecretAudience),
  }
}

function nameTaken({ name, ownerId }: Pick<NewSecret, 'name' | 'ownerId'>): AppError {
  const whose = ownerId === null ? 'There is a shared secret' : 'You have a secret'
  return new AppError('conflict', `${whose} ${name} already. Change that one, or choose another name.`)
}
