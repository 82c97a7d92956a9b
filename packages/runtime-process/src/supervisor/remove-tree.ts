import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync } from 'node:fs'

/**
 * Removes a directory that an app or a build has written to, with everything in it. Node's own `rm` goes by whole paths,
 * or with a descriptor for every level, and so gives up on a tree that was made deep enough for that.
 */
export async function removeTree(directory: string): Promise<void> {
  if (!lstatSync(directory, { throwIfNoEntry: false })) return
  if ((await run('rm', ['-rf', '--', directory])) || !existsSync(directory)) return
  // Without root, directories that their owner has closed to himself have to be opened first.
  await run('chmod', ['-R', 'u+rwX', '--', directory])
  if (await run('rm', ['-rf', '--', directory])) return
  throw new Error(`${directory} cannot be removed`)
}

/** What the commands say is not read: a hostile tree can make it longer than any log should be. */
async function run(command: string, args: string[]): Promise<boolean> {
  const silent: SpawnOptions = { stdio: 'ignore' }
  const [code] = await once(spawn(command, args, silent), 'exit')
  return code === 0
}
