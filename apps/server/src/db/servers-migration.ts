import type { Kysely } from 'kysely'

/** What servers of one store tell each other: who does what only one may, who is there, and what people do with instances. */
export async function severalServers(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('instance').addColumn('queueJson', 'text').execute()
  await db.schema
    .createTable('lease')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('server')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('seenAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('serverActivity')
    .addColumn('serverId', 'text', (c) => c.notNull())
    .addColumn('instanceId', 'text', (c) => c.notNull())
    .addColumn('requests', 'bigint', (c) => c.notNull())
    .addColumn('signs', 'bigint', (c) => c.notNull())
    .addColumn('answers', 'bigint', (c) => c.notNull())
    .addColumn('sockets', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('serverActivityKey', ['serverId', 'instanceId'])
    .execute()
  await db.schema.createIndex('serverActivityInstance').on('serverActivity').column('instanceId').execute()
}
