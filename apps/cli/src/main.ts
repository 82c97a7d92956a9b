import './older-node.ts'
import { terminalCli } from './cli.ts'
import { superviseArgument } from './exec/supervise-argument.ts'
import { run } from './program.ts'

const [first, directory] = process.argv.slice(2)
if (first === superviseArgument && directory !== undefined)
  void import('@wave-store/runtime-process/supervise').then(({ supervise }) => supervise(directory))
else
  void run(terminalCli(process), process.argv.slice(2)).then((exitCode) => {
    process.exitCode = exitCode
  })
