import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs'
import path from 'node:path'
import type { BuiltEnvironment } from '@wave-store/runtime'
import type { Package } from '@wave-store/runtime/driver'
import { removeTree } from '../remove-tree.ts'
import { type BuildFacts, readMarker, sealEnvironment } from './environment-marker.ts'
import { installedIn } from './installed-in.ts'

/** An environment in use; one that was discarded meanwhile goes when the last has put it back. */
interface Mounted {
  count: number
  /** Where it was put when it was taken off the shelf. */
  aside: string | null
}

export interface Taken {
  path: string
  putBack(): void
}

const keyPattern = /^[0-9a-f]{32}$/

/** Finished environments on disk, each a directory with `venv` and a marker that is written last. */
export class EnvironmentShelf {
  readonly #directory: string
  readonly #mounted = new Map<string, Mounted>()

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

  /** The environment, kept until it is put back; undefined when there is none. */
  take(key: string): Taken | undefined {
    const directory = path.join(this.#directory, key)
    if (!existsSync(path.join(directory, 'marker.json'))) return undefined
    const mounted = this.#mounted.get(key) ?? { count: 0, aside: null }
    mounted.count++
    this.#mounted.set(key, mounted)
    const now = new Date()
    utimesSync(path.join(directory, 'marker.json'), now, now)
    return { path: path.join(directory, 'venv'), putBack: () => this.#putBack(key, mounted) }
  }

  /** Where an environment is built; `put` moves it to its place. */
  workshop(key: string): string {
    return path.join(this.#directory, `.building-${key}`)
  }

  /** Takes what stands in the workshop, from then on owned by us, so that no instance can change what others use. */
  async put(key: string, facts: BuildFacts): Promise<void> {
    const from = this.workshop(key)
    await sealEnvironment(from, key, { ...facts, takeOver: process.getuid?.() === 0 })
    await this.discard(key)
    renameSync(from, path.join(this.#directory, key))
  }

  list(): BuiltEnvironment[] {
    return this.#shelved().map(({ key, sizeBytes, usedAt, python = '', builtAt = usedAt }) => {
      const inUse = this.#mounted.get(key)?.count ?? 0
      return { key, python, sizeBytes, builtAt: Math.round(builtAt), lastUsedAt: Math.round(usedAt), inUse }
    })
  }

  packages(key: string): Package[] {
    const directory = path.join(this.#directory, key)
    const marker = keyPattern.test(key) ? readMarker(directory) : undefined
    return marker ? (marker.packages ?? installedIn(path.join(directory, 'venv'))) : []
  }

  /** Takes it off the shelf; what runs in it keeps it. */
  async discard(key: string): Promise<void> {
    const directory = path.join(this.#directory, key)
    if (!keyPattern.test(key) || !existsSync(directory)) return
    // Without its marker it is not an environment any more, should the rest of the removal be cut short.
    rmSync(path.join(directory, 'marker.json'), { force: true })
    // Its place is free at once: another one of that name may be put there before the last file is gone.
    const aside = path.join(this.#directory, `.removed-${randomUUID()}`)
    renameSync(directory, aside)
    const mounted = this.#mounted.get(key)
    this.#mounted.delete(key)
    if (mounted) mounted.aside = aside
    else await removeTree(aside)
  }

  /** Removes what is mounted nowhere, the longest unused first, until the rest fits; `kept` is about to be mounted. */
  async evict(maxBytes: number, kept: string): Promise<void> {
    const shelved = this.#shelved().sort((a, b) => a.usedAt - b.usedAt)
    let total = shelved.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    for (const { key, sizeBytes } of shelved) {
      if (total <= maxBytes) return
      if (this.#mounted.has(key) || key === kept) continue
      await this.discard(key)
      total -= sizeBytes
    }
  }

  #shelved() {
    return readdirSync(this.#directory).flatMap((name) => {
      const marker = keyPattern.test(name) ? readMarker(path.join(this.#directory, name)) : undefined
      return marker ? [{ ...marker, key: name }] : []
    })
  }

  #putBack(key: string, mounted: Mounted): void {
    mounted.count--
    if (mounted.count > 0) return
    if (this.#mounted.get(key) === mounted) this.#mounted.delete(key)
    if (mounted.aside) void removeTree(mounted.aside).catch((error: unknown) => console.error(error))
  }
}
