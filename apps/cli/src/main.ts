#!/usr/bin/env node
import { terminalCli } from './cli.ts'
import { run } from './program.ts'

process.exitCode = await run(terminalCli(process), process.argv.slice(2))
