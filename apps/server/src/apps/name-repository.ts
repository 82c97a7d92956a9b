import { compareVersions } from '@wave-store/bundle'
import type { Transaction } from 'kysely'
import { AppError } from '../app-error.ts'
import type { Database } from '../db/database.ts'
import { noteCatalogChange } from '../db/note-catalog-change.ts'

/** Takes the name for the app's owner when it is new. @throws {AppError} `forbidden` when it is somebody else's */
export async function takeName(
  transaction: Transaction<Database>,
  app: Pick<Database['app'], 'name' | 'ownerId'>,
): Promise<void> {
  await transaction
    .insertInto('appName')
    .values({ name: app.name, ownerId: app.ownerId, listedAppId: null })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { ownerId } = await transaction
    .selectFrom('appName')
    .select('ownerId')
    .where('name', '=', app.name)
    .executeTakeFirstOrThrow()
  if (ownerId !== app.ownerId) throw nameTaken(app.name)
}

export function nameTaken(name: string): AppError {
  return new AppError(
    'forbidden',
    `The name ${name} belongs to somebody else, so only they import versions of it. Choose another Name in app.toml.`,
  )
}

/** Finds anew which version the Catalog shows, after any change of a version of the name. A name stays with its owner even when no version is left. */
export async function relist(transaction: Transaction<Database>, name: string): Promise<void> {
  const versions = await transaction
    .selectFrom('app')
    .select(['id', 'version', 'visibility'])
    .where('name', '=', name)
    .execute()
  const listed = versions
    .filter((one) => one.visibility !== 'PRIVATE')
    .sort((a, b) => compareVersions(b.version, a.version))
  await transaction
    .updateTable('appName')
    .set({ listedAppId: listed[0]?.id ?? null })
    .where('name', '=', name)
    .execute()
  await noteCatalogChange(transaction, (apps) => apps.where('app.name', '=', name))
}

export async function countLaunch(transaction: Transaction<Database>, name: string): Promise<void> {
  await transaction
    .updateTable('appName')
    .set(({ eb, ref }) => ({ launchCount: eb(ref('launchCount'), '+', 1) }))
    .where('name', '=', name)
    .execute()
  await noteCatalogChange(transaction, (apps) => apps.where('app.name', '=', name))
}
