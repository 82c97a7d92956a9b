import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, sql } from 'kysely'

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}

/** A primary key that counts up by itself. */
export function countedKey(db: Kysely<unknown>) {
  return (column: ColumnDefinitionBuilder) =>
    isPostgres(db) ? column.primaryKey().generatedByDefaultAsIdentity() : column.primaryKey().autoIncrement()
}

/** What the embedded database has and queries use, for an engine that has it by another name. */
export async function engineFunctions(db: Kysely<unknown>): Promise<void> {
  if (!isPostgres(db)) return
  await sql`
    create function json_each(list text) returns table (value text) language sql immutable
    as 'select json_array_elements_text(list::json)'`.execute(db)
}
