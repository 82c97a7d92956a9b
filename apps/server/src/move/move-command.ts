import { readConfig } from '../config/read-config.ts'
import { counted, runCommand, say, warn } from '../offline-command.ts'
import { keyFileIn } from '../secrets/key-file.ts'
import { moveStore } from './move-store.ts'

/** `node move-command.ts`: what the embedded store keeps goes to where the settings say. */
await runCommand(async () => {
  const config = readConfig(process.env, process.cwd())
  say(`Copying the store in ${config.dataDir} …`)
  const { rows, blobs } = await moveStore(config)
  if (blobs !== null) say(`${counted(blobs, 'file')} of apps are in the bucket`)
  if (rows !== null) say(`${counted(rows, 'row')} are in the PostgreSQL database`)
  say('The store runs there from its next start with these settings; what was copied stays where it was')
  if (rows !== null && !config.secrets.key)
    warn(
      `Other servers need this one's key: set WAVE_STORE_SECRETS_KEY at all of them to what ${keyFileIn(config.dataDir)} holds.`,
    )
})
