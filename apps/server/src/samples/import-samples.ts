import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packDirectory } from '@wave-store/bundle/node'
import { AppError } from '../app-error.ts'
import { importApp } from '../apps/import-app.ts'
import type { AppContext } from '../context.ts'

const samplesDirectory = fileURLToPath(new URL('../../../../samples/', import.meta.url))
const publisher = { issuer: 'urn:wave-store', subject: 'samples', name: 'Wave App Store', email: '' }
const settingPrefix = 'sample:'

/**
 * Imports, through the same path as any upload, each sample of this release that was not imported before; a sample that
 * an admin deleted stays deleted.
 */
export async function importSamples(context: AppContext): Promise<void> {
  const { fullAccessRole } = context.config.identity.roles
  const roles = fullAccessRole === null ? [] : [fullAccessRole]
  const owner = await context.people.recognise({ ...publisher, roles })
  const folders = (await readdir(samplesDirectory, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const { name } of folders) {
    const done = await context.db
      .selectFrom('setting')
      .select('name')
      .where('name', '=', settingPrefix + name)
      .executeTakeFirst()
    if (done) continue
    const bytes = packDirectory(join(samplesDirectory, name))
    await importApp(context, owner, { bytes, announcedBytes: null, address: null, visibility: 'ALL_USERS' }).catch(
      (cause: unknown) => {
        // Somebody imported it before, or keeps its name: theirs stays.
        if (!(cause instanceof AppError) || !['conflict', 'forbidden'].includes(cause.code)) throw cause
      },
    )
    const imported = { name: settingPrefix + name, value: new Date(context.clock.now()).toISOString() }
    await context.db.insertInto('setting').values(imported).execute()
    context.logger.debug({ sample: name }, 'Imported a sample')
  }
}
