import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { launcherFiles } from '@wave-store/launcher/files'
import { temporaryDirectory } from '../bundle/pack.ts'
import type { Cli } from '../cli.ts'

/** What the next run need not fetch or build again. */
export interface Cache extends AsyncDisposable {
  path: string
  /** Nobody else uses it, and it goes with the command. */
  isTemporary: boolean
}

/** Below the home directory; where that cannot be written, one that goes with the command. */
export async function openCache({ env, say }: Pick<Cli, 'env' | 'say'>): Promise<Cache> {
  const path = join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'h2o')
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await access(path, constants.W_OK)
    return { path, isTemporary: false, [Symbol.asyncDispose]: async () => {} }
  } catch {
    say(`${path} cannot be written: what is fetched now has to be fetched again next time.`)
    return { ...(await temporaryDirectory()), isTemporary: true }
  }
}

export function toolsOf({ path }: Cache): string {
  return join(path, 'tools')
}

/** Lays the launcher that this program carries into the cache, under a name of its content. */
export async function layLauncher(cache: Cache): Promise<{ launcherPath: string; constraintsPath: string }> {
  const digest = createHash('sha256').update(JSON.stringify(launcherFiles)).digest('hex').slice(0, 12)
  const directory = join(cache.path, `launcher-${digest}`)
  if (!(await exists(directory))) await layFiles(directory, launcherFiles)
  return { launcherPath: join(directory, 'wave_launcher'), constraintsPath: join(directory, 'constraints.txt') }
}

/** All of them at once, also for who comes at the same moment. */
async function layFiles(directory: string, files: Record<string, string>): Promise<void> {
  const draft = await mkdtemp(`${directory}.`)
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(draft, path)), { recursive: true })
      await writeFile(join(draft, path), text)
    }
    await rename(draft, directory)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await exists(directory))) throw error
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
