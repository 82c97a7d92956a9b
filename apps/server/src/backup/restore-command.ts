import { join } from 'node:path'
import { readConfig } from '../config/read-config.ts'
import { counted, fileArgument, runCommand, say, warn } from '../offline-command.ts'
import { openInstanceData } from '../open-runtime.ts'
import { requireEmbedded } from './require-embedded.ts'
import { type RestoreReport, restore } from './restore.ts'

const usage = 'Name the backup to restore: npm run restore -- FILE'

/** `node restore-command.ts FILE`: makes a store where the settings say, in a directory without one. */
const file = fileArgument(process.argv.slice(2), usage)
await runCommand(async (signal) => {
  const config = readConfig(process.env, process.cwd())
  requireEmbedded(config)
  say(`Checking ${file} …`)
  const report = await restore({ config, file, instancesIn: openInstanceData, signal })
  const { at, counts } = report.manifest
  const holds = [
    counted(counts.apps, 'app'),
    counted(counts.instances, 'instance'),
    counted(counts.people, 'person', 'people'),
  ]
  say(`Restored to ${config.dataDir}: ${holds.join(', ')}, as they were at ${at}. Start it: npm start`)
  for (const text of warnings(report, config.dataDir)) warn(text)
})

function warnings({ providerKeys, unreadableSecrets }: RestoreReport, dataDir: string): string[] {
  const texts = [
    'Everybody signs in anew. API tokens that were revoked since the backup count again: look them through.',
  ]
  if (providerKeys !== 'same')
    texts.push(
      `${join(dataDir, 'keys.json')} is ${providerKeys === 'absent' ? 'not there' : "another store's"}: people of an issuer are asked there anew. If you have the file of the backed-up store, put it there before the start.`,
    )
  if (unreadableSecrets)
    texts.push(
      `The key of its secrets is not here: their values stay unreadable, and apps that need them fail. Put the secrets.key of the backed-up store to ${join(dataDir, 'secrets.key')}, or set WAVE_STORE_SECRETS_KEY, before the start.`,
    )
  return texts
}
