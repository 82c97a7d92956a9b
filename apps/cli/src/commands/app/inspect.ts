import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type InspectedBundle, inspectBundle } from '@wave-store/bundle/node'
import { Command } from 'commander'
import { pack, requireAccepted, temporaryDirectory } from '../../bundle/pack.ts'
import { sizeOf } from '../../bundle/progress.ts'
import type { Cli } from '../../cli.ts'

export function inspectCommand(cli: Cli, run = inspect): Command {
  return new Command('inspect')
    .description('Check a bundle or a folder as a store does, without one')
    .argument('<path>', 'a .wave or .zip file, or a folder')
    .action((path: string) => run(cli, path))
}

/** @throws {Failure} with every error when a store would refuse it */
export async function inspect(cli: Cli, given: string): Promise<void> {
  const path = resolve(cli.cwd(), given)
  if (!(await stat(path)).isDirectory()) {
    const report = await inspectBundle(path, { signal: cli.interrupted })
    requireAccepted(cli, report)
    return show(cli, report)
  }
  await using temporary = await temporaryDirectory()
  const { report } = await pack(cli, { directory: path, target: join(temporary.path, 'bundle.wave') })
  await show(cli, report)
}

async function show(cli: Cli, report: InspectedBundle): Promise<void> {
  const { manifestText: _, ...data } = report
  await cli.out.object(
    [
      ['Name', ({ manifest }) => manifest?.app.name ?? ''],
      ['Version', ({ manifest }) => manifest?.app.version ?? ''],
      ['Title', ({ manifest }) => manifest?.app.title ?? ''],
      ['Size', ({ archiveBytes }) => sizeOf(archiveBytes)],
      ['Unpacked', ({ unpackedBytes }) => sizeOf(unpackedBytes)],
      ['Entries', ({ entries }) => String(entries.length)],
    ],
    data,
  )
}
