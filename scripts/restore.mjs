import { runServerProgram } from './run-server-program.mjs'

runServerProgram('backup/restore-command.ts', process.argv.slice(2))
