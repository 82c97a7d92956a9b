import { type Kysely, sql } from 'kysely'

/** Instances that sleep, wait and crash; their names and measurements; secrets. */
export async function lifecycle(db: Kysely<unknown>): Promise<void> {
  await instances(db)
  await aliases(db)
  await samples(db)
  await secrets(db)
}

async function instances(db: Kysely<unknown>): Promise<void> {
  for (const column of ['memoryReservation', 'memoryLimit', 'restarts'])
    await db.schema
      .alterTable('instance')
      .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute()
  const times = ['idleTimeoutMs', 'keepAwakeUntil', 'lastUsedAt', 'silentSince', 'nextStartAt', 'suspendedAt']
  for (const column of times) await db.schema.alterTable('instance').addColumn(column, 'bigint').execute()
  for (const column of ['failureLog', 'suspendReason'])
    await db.schema.alterTable('instance').addColumn(column, 'text').execute()
}

async function aliases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alias')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('ownerId', 'text', (c) => c.references('person.id').onDelete('set null'))
    .addColumn('instanceId', 'text', (c) => c.references('instance.id').onDelete('set null'))
    .addColumn('isPrimary', 'integer', (c) => c.notNull())
    .addColumn('moves', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .execute()
  for (const column of ['ownerId', 'instanceId'])
    await db.schema.createIndex(`alias_${column}`).on('alias').column(column).execute()
}

async function samples(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('instanceSample')
    .addColumn('instanceId', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('cpuMillis', 'double precision', (c) => c.notNull())
    .addColumn('memoryBytes', 'bigint', (c) => c.notNull())
    .addColumn('requests', 'integer', (c) => c.notNull())
    .addColumn('sockets', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('instanceSampleKey', ['instanceId', 'at'])
    .execute()
  await db.schema.createIndex('instanceSampleAt').on('instanceSample').column('at').execute()
}

async function secrets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('secret')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('ownerId', 'text', (c) => c.references('person.id').onDelete('cascade'))
    .addColumn('audienceJson', 'text')
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('updatedAt', 'bigint', (c) => c.notNull())
    .execute()
  // Two shared ones have no owner, and no two of those may have one name either.
  await sql`create unique index "secretName" on "secret" ("name", coalesce("ownerId", ''))`.execute(db)
  await db.schema.createIndex('secretOwner').on('secret').column('ownerId').execute()
  await db.schema
    .createTable('secretValue')
    .addColumn('secretId', 'text', (c) => c.notNull().references('secret.id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text', (c) => c.notNull())
    .addColumn('updatedAt', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('secretValueKey', ['secretId', 'key'])
    .execute()
}
