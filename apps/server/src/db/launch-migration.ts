import { type Kysely, sql } from 'kysely'

/** Who launched what, kept when the instance is gone; of before, what there still are instances of. */
export async function launches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('launch')
    .addColumn('instanceId', 'text', (c) => c.primaryKey())
    .addColumn('appId', 'text', (c) => c.notNull().references('app.id').onDelete('cascade'))
    .addColumn('personId', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  for (const column of ['appId', 'personId'])
    await db.schema.createIndex(`launch_${column}`).on('launch').column(column).execute()
  await sql`
    insert into launch ("instanceId", "appId", "personId", at, failures)
    select id, "appId", "ownerId", "createdAt", case when status = 'FAILED' then 1 else 0 end from instance`.execute(db)
}
