import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Forward only, in order; a migration that was released is never changed. */
export const migrations: Record<string, Migration> = {
  '0001-first': { up: first },
  '0002-accounts': { up: accounts },
}

async function first(db: Kysely<unknown>): Promise<void> {
  await people(db)
  await catalog(db)
  await instances(db)
}

async function people(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('issuer', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('isAdmin', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('personSubject', ['issuer', 'subject'])
    .execute()
  await db.schema
    .createTable('signIn')
    .addColumn('stateHash', 'text', (c) => c.primaryKey())
    .addColumn('nonce', 'text', (c) => c.notNull())
    .addColumn('codeVerifier', 'text', (c) => c.notNull())
    .addColumn('returnTo', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('session')
    .addColumn('tokenHash', 'text', (c) => c.primaryKey())
    .addColumn('personId', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('expiresAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('sessionPerson').on('session').column('personId').execute()
  await db.schema
    .createTable('providerState')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('payloadJson', 'text', (c) => c.notNull())
    .addColumn('grantId', 'text')
    .addColumn('userCode', 'text')
    .addColumn('uid', 'text')
    .addColumn('consumedAt', 'bigint')
    .addColumn('expiresAt', 'bigint')
    .addPrimaryKeyConstraint('providerStateKey', ['kind', 'id'])
    .execute()
  for (const column of ['grantId', 'userCode', 'uid', 'expiresAt'])
    await db.schema.createIndex(`providerState_${column}`).on('providerState').column(column).execute()
  await db.schema
    .createTable('setting')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute()
}

async function catalog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('appName')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('ownerId', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('listedAppId', 'text')
    .execute()
  await db.schema.createIndex('appNameListed').on('appName').column('listedAppId').execute()
  await db.schema
    .createTable('app')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull().references('appName.name'))
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('rank', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('category', 'text', (c) => c.notNull())
    .addColumn('lifecycle', 'text', (c) => c.notNull())
    .addColumn('ownerId', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('visibility', 'text', (c) => c.notNull())
    .addColumn('searchText', 'text', (c) => c.notNull())
    .addColumn('manifestJson', 'text', (c) => c.notNull())
    .addColumn('manifestText', 'text', (c) => c.notNull())
    .addColumn('longDescription', 'text')
    .addColumn('requirements', 'text')
    .addColumn('osPackagesJson', 'text', (c) => c.notNull())
    .addColumn('warningsJson', 'text', (c) => c.notNull())
    .addColumn('bundleSha256', 'text', (c) => c.notNull())
    .addColumn('bundleBytes', 'bigint', (c) => c.notNull())
    .addColumn('environmentInputs', 'text')
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('updatedAt', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('appNameRank', ['name', 'rank'])
    .execute()
  await db.schema.createIndex('appOwner').on('app').column('ownerId').execute()
  await db.schema.createIndex('appBundle').on('app').column('bundleSha256').execute()
  await db.schema
    .createTable('appImage')
    .addColumn('appId', 'text', (c) => c.notNull().references('app.id').onDelete('cascade'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('mediaType', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('appImageKey', ['appId', 'position'])
    .execute()
  await db.schema.createIndex('appImageBlob').on('appImage').column('sha256').execute()
}

async function instances(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('instance')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('appId', 'text', (c) => c.notNull().references('app.id'))
    .addColumn('ownerId', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('visibility', 'text', (c) => c.notNull())
    .addColumn('wanted', 'text', (c) => c.notNull())
    .addColumn('generation', 'integer', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('phase', 'text', (c) => c.notNull())
    .addColumn('phaseSince', 'bigint', (c) => c.notNull())
    .addColumn('failureJson', 'text')
    .addColumn('addressJson', 'text')
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('startedAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('instanceApp').on('instance').column('appId').execute()
  await db.schema.createIndex('instanceOwner').on('instance').column('ownerId').execute()
  await db.schema
    .createTable('instanceStart')
    .addColumn('appId', 'text', (c) => c.notNull().references('app.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('durationMs', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('instanceStartApp').on('instanceStart').columns(['appId', 'at']).execute()
  await db.schema
    .createTable('instanceCode')
    .addColumn('codeHash', 'text', (c) => c.primaryKey())
    .addColumn('sessionHash', 'text', (c) => c.notNull().references('session.tokenHash').onDelete('cascade'))
    .addColumn('instanceId', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
    .addColumn('nonceHash', 'text', (c) => c.notNull())
    .addColumn('expiresAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('instanceTicket')
    .addColumn('ticketHash', 'text', (c) => c.primaryKey())
    .addColumn('sessionHash', 'text', (c) => c.notNull().references('session.tokenHash').onDelete('cascade'))
    .addColumn('instanceId', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
    .execute()
  for (const [table, column] of [
    ['instanceCode', 'sessionHash'],
    ['instanceCode', 'instanceId'],
    ['instanceTicket', 'sessionHash'],
    ['instanceTicket', 'instanceId'],
  ] as const)
    await db.schema.createIndex(`${table}_${column}`).on(table).column(column).execute()
}

async function accounts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('account')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('username', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('rolesJson', 'text', (c) => c.notNull())
    .addColumn('passwordHash', 'text', (c) => c.notNull())
    .addColumn('mustChangePassword', 'integer', (c) => c.notNull())
    .addColumn('isDisabled', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .execute()
}
