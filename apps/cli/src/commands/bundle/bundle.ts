import { rename, rm } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { Command } from 'commander'
import { draftOf, pack } from '../../bundle/pack.ts'
import { sizeOf } from '../../bundle/progress.ts'
import type { Cli } from '../../cli.ts'
import { deployCommand } from './deploy.ts'
import { importCommand } from './import.ts'
import { initCommand } from './init.ts'
import { testCommand } from './test.ts'

interface Options {
  file?: string
}

export function bundleCommand(cli: Cli, run = bundle): Command {
  return new Command('bundle')
    .argument('[folder]', 'what holds app.toml; the working directory where none is named')
    .option('--file <path>', 'the bundle to write, instead of NAME.VERSION.wave')
    .action((folder: string | undefined, options: Options) => run(cli, folder, options))
    .addCommand(initCommand(cli))
    .addCommand(importCommand(cli))
    .addCommand(deployCommand(cli))
    .addCommand(testCommand(cli))
}

/** The file is there when it is complete, and right; one that was there before stays until then. */
export async function bundle(cli: Cli, folder = '.', { file }: Options): Promise<void> {
  const directory = resolve(cli.cwd(), folder)
  const draft = draftOf(resolve(cli.cwd(), file ?? 'bundle'))
  try {
    const { manifest, report } = await pack(cli, {
      directory,
      target: draft,
      ...(file && { omit: [resolve(cli.cwd(), file)] }),
    })
    const path = resolve(cli.cwd(), file ?? `${manifest.app.name}.${manifest.app.version}.wave`)
    await rename(draft, path)
    await cli.out.object(
      [
        ['File', (made) => made.file],
        ['Name', (made) => made.name],
        ['Version', (made) => made.version],
        ['Size', (made) => sizeOf(made.sizeBytes)],
        ['Entries', (made) => String(made.entries)],
      ],
      {
        file: relative(cli.cwd(), path) || path,
        name: manifest.app.name,
        version: manifest.app.version,
        sizeBytes: report.archiveBytes,
        entries: report.entries.length,
      },
    )
  } finally {
    await rm(draft, { force: true })
  }
}
