import type { InstanceSpec } from '@wave-store/runtime'
import type { Places } from '@wave-store/runtime/driver'
import { type BuildFailure, type BuildResult, type Listener, SharedBuild } from '@wave-store/runtime/driver'
import type { InstancePaths } from '../../store-paths.ts'
import type { Machine } from '../machine.ts'
import { removeTree } from '../remove-tree.ts'
import { type BuildParts, buildEnvironment } from './build-environment.ts'
import { environmentKey } from './environment-key.ts'
import type { EnvironmentShelf } from './environment-shelf.ts'
import { acquireOwn } from './own-environment.ts'

export interface Lease {
  path: string
  writable: boolean
  /** Of one that is on the shelf for others as well. */
  key?: string
  /** A file system to be mounted at its path. */
  image?: string
  release(): void
}

export interface Asker extends Listener {
  spec: InstanceSpec
  paths: InstancePaths
  uid: number | null
  signal: AbortSignal
}

export interface EnvironmentParts extends BuildParts {
  machine: Machine
  shelf: EnvironmentShelf
  places: Places
}

const defaultMaxBytes = 20 * 1024 ** 3

/** Python environments: built once, then mounted wherever the same is asked for. */
export class Environments {
  readonly #parts: EnvironmentParts
  readonly #builds = new Map<string, SharedBuild>()

  constructor(parts: EnvironmentParts) {
    this.#parts = parts
  }

  /** Rejects with the signal's reason when it aborts. */
  async acquire(asker: Asker): Promise<Lease | BuildFailure> {
    const { inputsSha256, ownVolumeBytes } = asker.spec.environment
    const isOwn = ownVolumeBytes !== undefined || inputsSha256 === null
    const key = environmentKey(asker.spec, this.#parts.machine, this.#parts.options())
    if (!isOwn) return await this.#acquireShared(key, asker)
    const build = (directory: string) => this.#build(key, asker, directory)
    return await acquireOwn(key, asker, { build, images: this.#parts.machine.images })
  }

  async #acquireShared(key: string, asker: Asker): Promise<Lease | BuildFailure> {
    const { shelf } = this.#parts
    for (;;) {
      const found = shelf.take(key)
      if (found) return { path: found.path, writable: false, key, release: found.putBack }
      const running = this.#builds.get(key)
      if (running?.abandoned) await running.result.catch(() => {})
      const build = this.#builds.get(key) ?? this.#begin(key, asker)
      const result = await build.join(asker, asker.signal)
      if (!result.built) return result.failure
    }
  }

  #begin(key: string, asker: Asker): SharedBuild {
    const { shelf } = this.#parts
    const build = new SharedBuild(async (listener, signal) => {
      try {
        const result = await this.#build(key, { ...asker, ...listener, signal }, shelf.workshop(key))
        if (result.built)
          await shelf.put(key, { python: this.#parts.machine.python.version, packages: result.packages ?? [] })
        return result
      } finally {
        await removeTree(shelf.workshop(key)).finally(() => this.#builds.delete(key))
        await shelf.evict(this.#parts.options().environmentsMaxBytes ?? defaultMaxBytes, key)
      }
    })
    this.#builds.set(key, build)
    return build
  }

  async #build(key: string, asker: Asker, directory: string): Promise<BuildResult> {
    const { signal, onOutput } = asker
    asker.onPhase('queued')
    const leave = await this.#parts.places.take(signal)
    try {
      asker.onPhase('installing')
      const { bundle, environment } = asker.spec
      const constraints = environment.constraints === undefined ? {} : { constraints: environment.constraints }
      const name = `${key.slice(0, 12)}-${asker.spec.id.slice(0, 8)}`
      const result = await buildEnvironment(this.#parts, {
        name,
        bundlePath: bundle.path,
        ...constraints,
        directory,
        onOutput,
        signal,
      })
      signal.throwIfAborted()
      return result
    } finally {
      leave()
    }
  }
}
