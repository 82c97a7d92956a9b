import { terminalCli } from './cli.ts'
import { run } from './program.ts'

void run(terminalCli(process), process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode
})
