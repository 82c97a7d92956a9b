import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { runtimeVersionListCommand } from './runtime-version-list.ts'

export function envCommand(cli: Cli): Command {
  const versions = new Command('runtime-version').description('Versions of Python that apps can have')
  return new Command('env').addCommand(versions.addCommand(runtimeVersionListCommand(cli)))
}
