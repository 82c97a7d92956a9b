import { type Kysely, sql } from 'kysely'

/** Who asked first is started first, whatever the clock said; of what was there before, by the clock. */
export async function turns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('instance')
    .addColumn('turn', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`update instance set turn = "startedAt"`.execute(db)
  await db.schema.createIndex('instanceTurn').on('instance').column('turn').execute()
}
