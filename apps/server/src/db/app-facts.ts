import type { Visibility } from '@wave-store/contract'
import { type RawBuilder, sql } from 'kysely'

/**
 * Visitor roles of all tags that the row's app bears, one tag's JSON array a line; read it with `readVisitorRoles`.
 * Stands in a query that has the table `app`.
 */
export const visitorRoleLines: RawBuilder<string | null> = sql<string | null>`(
  select string_agg(tag."visitorRolesJson", ${'\n'})
  from "appTag" inner join tag on tag.id = "appTag"."tagId"
  where "appTag"."appId" = app.id
)`

export function readVisitorRoles(lines: string | null): string[] {
  if (!lines) return []
  return [...new Set(lines.split('\n').flatMap((line) => JSON.parse(line) as string[]))]
}

/** Where the operator has no public mode, what was made PUBLIC under one counts as ALL_USERS. */
export function effectiveVisibility(visibility: Visibility, publicMode: boolean): Visibility {
  return visibility === 'PUBLIC' && !publicMode ? 'ALL_USERS' : visibility
}

/** However many ids there are, as what a column may be `in`. */
export function idsOf(ids: readonly string[]): RawBuilder<string> {
  return sql<string>`(select value from json_each(${JSON.stringify(ids)}))`
}
