import { runServerProgram } from './run-server-program.mjs'

runServerProgram('move/move-command.ts', process.argv.slice(2))
