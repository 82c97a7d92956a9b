import { readConfig } from '../config/read-config.ts'
import { counted, exitCodes, fileArgument, readable, runCommand, say, warn } from '../offline-command.ts'
import { openInstanceData } from '../open-runtime.ts'
import { backUp } from './back-up.ts'
import { fileDestination, streamDestination } from './destination.ts'
import { keyFilesIn } from './kept-elsewhere.ts'
import { requireEmbedded } from './require-embedded.ts'

const usage = 'Name the file to write: npm run backup -- FILE. With - it goes to stdout: npm run --silent backup -- -'

/** `node backup-command.ts FILE`: all of the store that the settings name, while it runs or not. */
const file = fileArgument(process.argv.slice(2), usage)
if (file === '-' && process.stdout.isTTY) {
  console.error(`✗ A backup is nothing to look at. ${usage}`)
  process.exit(exitCodes.usage)
}
await runCommand(async (signal) => {
  const config = readConfig(process.env, process.cwd())
  requireEmbedded(config)
  const { dataDir } = config
  say(`Backing up ${dataDir} …`)
  const destination = file === '-' ? streamDestination(process.stdout) : fileDestination(file)
  // Without a store there is nothing to open either, and a directory would be made.
  const instances = () => openInstanceData(dataDir)
  const report = await backUp({ dataDir, instances, destination, signal, warn })
  const holds = [
    counted(report.apps, 'app'),
    `${counted(report.blobs, 'file')} of theirs`,
    `data of ${counted(report.instances, 'instance')}`,
  ]
  say(`${file === '-' ? 'Written' : `Written to ${file}`}: ${holds.join(', ')}; ${readable(report.sizeBytes)}`)
  const keys = keyFilesIn(dataDir)
  if (keys.length > 0)
    warn(`Keys are not in it, so that it opens nothing alone. Keep these elsewhere, once: ${keys.join(', ')}`)
})
