import { runServerProgram } from './run-server-program.mjs'

const args = process.argv.slice(2)
// npm announces what it runs on the same stream.
if (args[0] === '-' && process.env.npm_lifecycle_event === 'backup' && process.env.npm_config_loglevel !== 'silent') {
  console.error('✗ npm writes words of its own to stdout: npm run --silent backup -- -')
  process.exit(2)
}
runServerProgram('backup/backup-command.ts', args)
