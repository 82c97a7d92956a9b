import { type ExpressionBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/database.ts'
import { holdsWord } from '../db/holds-word.ts'
import { type AuditEntry, inOneLine } from './event.ts'

export type AuditRow = Selectable<Database['auditEvent']>

export interface AuditQuery {
  /** Whose acts, or whose things; null: everybody's. */
  person: { actsOf: string } | { thingsOf: string } | null
  /** Every one of them stands in the text of an event, or is its address where `byAddress` says so. */
  words: string[]
  byAddress: boolean
  outcome: 'any' | 'done' | 'refused'
  /** Epoch milliseconds; null: open. */
  from: number | null
  until: number | null
  /** Only smaller ids. */
  before: number
  limit: number
}

/** Ids that one query looks through where few of many rows may match, so that no search stops the process for long. */
const windowIds = 20_000

/** Who did what. Events are added, never changed or deleted. */
export class AuditRepository {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  async append({ actor, target, ...entry }: AuditEntry): Promise<void> {
    const detail = inOneLine(entry.detail)
    const targetName = target && inOneLine(target.name)
    const texts = [actor?.name, entry.via, entry.action, targetName, target?.id, entry.outcome, detail]
    await this.#db
      .insertInto('auditEvent')
      .values({
        ...entry,
        at: this.#clock.now(),
        actorId: actor?.id ?? null,
        actorName: actor?.name ?? '',
        targetKind: target?.kind ?? null,
        targetId: target?.id ?? null,
        targetName,
        ownerId: target && target.ownerId !== actor?.id ? target.ownerId : null,
        detail,
        searchText: texts.filter(Boolean).join('\n').toLowerCase(),
      })
      .execute()
  }

  /** Newest first. */
  async list(query: AuditQuery): Promise<AuditRow[]> {
    const range = await this.#range(query)
    const isSparse = query.words.length > 0 || query.outcome !== 'any'
    const found: AuditRow[] = []
    for (let top = range.last; top >= range.first && found.length < query.limit; ) {
      const bottom = isSparse ? Math.max(range.first, top - windowIds + 1) : range.first
      const rows = this.#db
        .selectFrom('auditEvent')
        .selectAll()
        .where('id', '>=', bottom)
        .where('id', '<=', top)
        .where(matches(query))
        .orderBy('id', 'desc')
        .limit(query.limit - found.length)
      found.push(...(await rows.execute()))
      top = bottom - 1
      if (isSparse) await new Promise(setImmediate)
    }
    return found
  }

  /** Of what others did to a person's things, how many came after an event; no more than `cap` are counted. */
  async countNews(ownerId: string, after: number, cap: number): Promise<number> {
    const rows = await this.#db
      .selectFrom('auditEvent')
      .select('id')
      .where('ownerId', '=', ownerId)
      .where('id', '>', after)
      .limit(cap)
      .execute()
    return rows.length
  }

  async lastId(): Promise<number> {
    const row = await this.#db
      .selectFrom('auditEvent')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirst()
    return Number(row?.id ?? 0)
  }

  /** Ids that can match; those of a time are read from its index alone. */
  async #range({ from, until, before }: AuditQuery): Promise<{ first: number; last: number }> {
    if (from === null && until === null) return { first: 1, last: Math.min(before - 1, await this.lastId()) }
    let rows = this.#db.selectFrom('auditEvent').select(({ fn }) => [fn.min('id').as('first'), fn.max('id').as('last')])
    if (from !== null) rows = rows.where('at', '>=', from)
    if (until !== null) rows = rows.where('at', '<=', until)
    const { first, last } = await rows.executeTakeFirstOrThrow()
    return { first: Number(first ?? 1), last: Math.min(before - 1, Number(last ?? 0)) }
  }
}

/** Times are hidden from the planner: ids are what is walked along. */
function matches({ person, words, byAddress, outcome, from, until }: AuditQuery) {
  return (where: ExpressionBuilder<Database, 'auditEvent'>) => {
    const conditions = words.map((word) => {
      const text = holdsWord('searchText', word)
      return byAddress ? where.or([text, holdsWord('address', word)]) : text
    })
    if (person && 'actsOf' in person) conditions.push(where('actorId', '=', person.actsOf))
    if (person && 'thingsOf' in person) conditions.push(where('ownerId', '=', person.thingsOf))
    if (outcome !== 'any') conditions.push(where('outcome', outcome === 'done' ? '=' : '!=', 'done'))
    if (from !== null) conditions.push(sql<SqlBool>`+"at" >= ${from}`)
    if (until !== null) conditions.push(sql<SqlBool>`+"at" <= ${until}`)
    return where.and(conditions)
  }
}
