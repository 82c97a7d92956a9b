import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { removeTree } from '../remove-tree.ts'
import { runCommand } from '../run-command.ts'
import { writeFileAtomically } from '../write-file-atomically.ts'

interface Marker {
  key: string
  sizeBytes: number
}

/** Finished environments on disk, each a directory with `venv` and a marker that is written last. */
export class EnvironmentShelf {
  readonly #directory: string
  readonly #mounted = new Map<string, number>()

  private constructor(directory: string) {
    this.#directory = directory
  }

  /** Makes the directory where it is absent, and removes what is half built or half removed in it. */
  static async open(directory: string): Promise<EnvironmentShelf> {
    const shelf = new EnvironmentShelf(directory)
    mkdirSync(directory, { recursive: true, mode: 0o755 })
    for (const name of readdirSync(directory)) {
      if (!existsSync(path.join(directory, name, 'marker.json'))) await removeTree(path.join(directory, name))
    }
    return shelf
  }

  /** Path of the environment, kept in place until `putBack`; undefined when there is none. */
  take(key: string): string | undefined {
    const directory = path.join(this.#directory, key)
    if (!existsSync(path.join(directory, 'marker.json'))) return undefined
    this.#mounted.set(key, (this.#mounted.get(key) ?? 0) + 1)
    const now = new Date()
    utimesSync(path.join(directory, 'marker.json'), now, now)
    return path.join(directory, 'venv')
  }

  putBack(key: string): void {
    const left = (this.#mounted.get(key) ?? 1) - 1
    if (left > 0) this.#mounted.set(key, left)
    else this.#mounted.delete(key)
  }

  /** Where an environment is built; `put` moves it to its place. */
  workshop(key: string): string {
    return path.join(this.#directory, `.building-${key}`)
  }

  /** Takes what stands in the workshop, from then on owned by us, so that no instance can change what others use. */
  async put(key: string): Promise<void> {
    const from = this.workshop(key)
    await sealEnvironment(from, key, { takeOver: process.getuid?.() === 0 })
    await this.#delete(key)
    renameSync(from, path.join(this.#directory, key))
  }

  /** Removes what is mounted nowhere, the longest unused first, until the rest fits; `kept` is about to be mounted. */
  async evict(maxBytes: number, kept: string): Promise<void> {
    const shelved = readdirSync(this.#directory).flatMap((name) => {
      const marker = readMarker(path.join(this.#directory, name))
      return marker ? [{ name, ...marker }] : []
    })
    shelved.sort((a, b) => a.usedAt - b.usedAt)
    let total = shelved.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    for (const { name, sizeBytes } of shelved) {
      if (total <= maxBytes) return
      if (this.#mounted.has(name) || name === kept) continue
      await this.#delete(name)
      total -= sizeBytes
    }
  }

  async #delete(name: string): Promise<void> {
    const directory = path.join(this.#directory, name)
    if (!existsSync(directory)) return
    // Without its marker it is not an environment any more, should the rest of the removal be cut short.
    rmSync(path.join(directory, 'marker.json'), { force: true })
    // Its place is free at once: another one of that name may be put there before the last file is gone.
    const aside = path.join(this.#directory, `.removed-${randomUUID()}`)
    renameSync(directory, aside)
    await removeTree(aside)
  }
}

/** Marks a directory as the finished environment `key`. */
export async function sealEnvironment(directory: string, key: string, { takeOver }: { takeOver: boolean }) {
  if (takeOver) {
    await runCommand('chown', ['-R', '--no-dereference', '0:0', directory])
    await runCommand('chmod', ['-R', 'u+rwX,go+rX,go-w,a-s', directory])
  }
  const size = await runCommand('du', ['-s', '--block-size=1', directory])
  const marker: Marker = { key, sizeBytes: Number(size.split('\t')[0]) }
  writeFileAtomically(path.join(directory, 'marker.json'), JSON.stringify(marker))
}

export function readMarker(directory: string): (Marker & { usedAt: number }) | undefined {
  const file = path.join(directory, 'marker.json')
  try {
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as Marker), usedAt: statSync(file).mtimeMs }
  } catch {
    return undefined
  }
}
