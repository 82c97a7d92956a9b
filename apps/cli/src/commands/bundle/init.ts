import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { readManifest } from '@wave-store/bundle'
import { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { problemLine } from '../../explain.ts'
import { Failure } from '../../failure.ts'
import { newAppFiles } from './new-app-files.ts'

export function initCommand(cli: Cli, run = init): Command {
  return new Command('init')
    .description('A new Wave app that imports and runs as it is')
    .argument('[name]', 'its folder, made where it is not there; the working directory where none is named')
    .action((name: string | undefined) => run(cli, name))
}

/** @throws {Failure} when the folder holds something, or its name is none for an app */
export async function init(cli: Cli, folder = '.'): Promise<void> {
  const directory = resolve(cli.cwd(), folder)
  const files = newAppFiles(basename(directory))
  const { problems } = readManifest(files['app.toml'] ?? '')
  if (problems.length > 0)
    throw new Failure(`“${basename(directory)}” is no name for an app.`, {
      details: problems.map(problemLine),
      next: 'Name another folder: h2o bundle init NAME',
    })
  await mkdir(directory, { recursive: true })
  const found = (await readdir(directory)).filter((name) => Object.hasOwn(files, name))
  if (found.length > 0)
    throw new Failure(`${directory} holds ${found.join(', ')} already; nothing was written.`, {
      next: 'Name another folder: h2o bundle init NAME',
    })
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text, { flag: 'wx' })
  await cli.out.data({ folder: directory, files: Object.keys(files) }, () => `Folder   ${directory}\n`)
  cli.say(`Run it with: cd ${folder} && h2o bundle deploy`)
}
