import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import type { AuditQuery, AuditRow } from './repository.ts'

export interface AuditSearch {
  scope: 'mine' | 'others' | 'all'
  search: string
  outcome: 'any' | 'done' | 'refused'
  from?: string | undefined
  until?: string | undefined
  before?: number | undefined
  limit: number
}

/**
 * Events newest first: for everybody their own acts and what others did to their things, for administrators all.
 *
 * @throws {AppError} `forbidden` for who asks for all and is no administrator
 */
export async function listAuditEvents(
  { audit }: Pick<AppContext, 'audit'>,
  actor: Actor,
  search: AuditSearch,
): Promise<{ rows: AuditRow[]; hasMore: boolean }> {
  if (search.scope === 'all' && !actor.isAdmin)
    throw new AppError('forbidden', 'Only administrators see what everybody does. Ask for your own.')
  const person = personOf(search.scope, actor)
  const rows = await audit.list({
    person,
    byAddress: actor.isAdmin || (person !== null && 'actsOf' in person),
    words: search.search.toLowerCase().split(/\s+/).filter(Boolean),
    outcome: search.outcome,
    from: search.from === undefined ? null : Date.parse(search.from),
    until: search.until === undefined ? null : Date.parse(search.until),
    before: search.before ?? Number.MAX_SAFE_INTEGER,
    limit: search.limit + 1,
  })
  return { rows: rows.slice(0, search.limit), hasMore: rows.length > search.limit }
}

function personOf(scope: AuditSearch['scope'], { id }: Actor): AuditQuery['person'] {
  if (scope === 'all') return null
  return scope === 'others' ? { thingsOf: id } : { actsOf: id }
}
