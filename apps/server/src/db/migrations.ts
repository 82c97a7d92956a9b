import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { localIssuer } from '../people/local-issuer.ts'
import { aliasMarks } from './alias-mark-migration.ts'
import { catalogChanges } from './catalog-migration.ts'
import { countedKey, engineFunctions } from './engine-migration.ts'
import { launches } from './launch-migration.ts'
import { lifecycle } from './lifecycle-migration.ts'
import { severalServers } from './servers-migration.ts'
import { turns } from './turn-migration.ts'

/** Forward only, in order; a migration that was released is never changed. */
export const migrations: Record<string, Migration> = {
  '0001-first': { up: first },
  '0002-accounts': { up: accounts },
  '0003-access': { up: access },
  '0004-tag-names': { up: tagNames },
  '0005-lifecycle': { up: lifecycle },
  '0006-instance-turn': { up: turns },
  '0007-alias-mark': { up: aliasMarks },
  '0008-catalog-changes': { up: catalogChanges },
  '0009-launches': { up: launches },
  '0010-engine-functions': { up: engineFunctions },
  '0011-several-servers': { up: severalServers },
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

async function access(db: Kysely<unknown>): Promise<void> {
  await roles(db)
  await sessionsWithFacts(db)
  await apiTokens(db)
  await tags(db)
  await auditLog(db)
}

/** Roles instead of one flag, and people of this store under a name that no change of its address takes from them. */
async function roles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('person')
    .addColumn('rolesJson', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
  await db.schema.alterTable('person').addColumn('confirmedUntil', 'bigint').execute()
  await db.schema
    .alterTable('person')
    .addColumn('newsSeen', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`update person set "rolesJson" = '["admin"]' where "isAdmin" = 1`.execute(db)
  await sql`update person set issuer = ${localIssuer} where issuer like '%/oidc'`.execute(db)
  await db.schema.alterTable('person').dropColumn('isAdmin').execute()
}

/** Everybody signs in anew: what was kept of a sign-in before says too little. */
async function sessionsWithFacts(db: Kysely<unknown>): Promise<void> {
  for (const table of ['instanceTicket', 'instanceCode', 'session', 'providerState'])
    await sql`delete from ${sql.table(table)}`.execute(db)
  for (const column of ['id', 'agent', 'address'])
    await db.schema
      .alterTable('session')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute()
  await db.schema
    .alterTable('session')
    .addColumn('lastUsedAt', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('sessionId').on('session').column('id').unique().execute()
  await db.schema.createIndex('sessionExpires').on('session').column('expiresAt').execute()
  await db.schema
    .alterTable('instanceTicket')
    .addColumn('expiresAt', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema.createIndex('instanceTicketExpires').on('instanceTicket').column('expiresAt').execute()
  for (const column of ['accountId', 'clientId'])
    await db.schema.alterTable('providerState').addColumn(column, 'text').execute()
  await db.schema.createIndex('providerStateAccount').on('providerState').column('accountId').execute()
  await db.schema
    .createTable('upstreamLogin')
    .addColumn('personId', 'text', (c) => c.primaryKey().references('person.id').onDelete('cascade'))
    .addColumn('refreshToken', 'text', (c) => c.notNull())
    .addColumn('dueAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('upstreamLoginDue').on('upstreamLogin').column('dueAt').execute()
}

async function apiTokens(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('apiToken')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('personId', 'text', (c) => c.notNull().references('person.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('tokenHash', 'text', (c) => c.notNull().unique())
    .addColumn('scopesJson', 'text', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('expiresAt', 'bigint', (c) => c.notNull())
    .addColumn('lastUsedAt', 'bigint')
    .addColumn('lastUsedFrom', 'text')
    .execute()
  await db.schema.createIndex('apiTokenPerson').on('apiToken').column('personId').execute()
}

async function tags(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tag')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('color', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('adminRolesJson', 'text', (c) => c.notNull())
    .addColumn('visitorRolesJson', 'text', (c) => c.notNull())
    .addColumn('isCategory', 'integer', (c) => c.notNull())
    .addColumn('createdAt', 'bigint', (c) => c.notNull())
    .addColumn('updatedAt', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('appTag')
    .addColumn('appId', 'text', (c) => c.notNull().references('app.id').onDelete('cascade'))
    .addColumn('tagId', 'text', (c) => c.notNull().references('tag.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('appTagKey', ['appId', 'tagId'])
    .execute()
  await db.schema.createIndex('appTagTag').on('appTag').column('tagId').execute()
}

async function auditLog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('auditEvent')
    .addColumn('id', 'integer', countedKey(db))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actorId', 'text')
    .addColumn('actorName', 'text', (c) => c.notNull())
    .addColumn('via', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('targetKind', 'text')
    .addColumn('targetId', 'text')
    .addColumn('targetName', 'text')
    .addColumn('ownerId', 'text')
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('searchText', 'text', (c) => c.notNull())
    .execute()
  for (const column of ['at', 'actorId', 'ownerId'])
    await db.schema.createIndex(`auditEvent_${column}`).on('auditEvent').column(column).execute()
}

/** Upper and lower case are the same in a tag's name, in every script: see `tagNameKey`. No tag was made before. */
async function tagNames(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tag')
    .addColumn('nameKey', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await db.schema.createIndex('tagNameKey').on('tag').column('nameKey').unique().execute()
}
