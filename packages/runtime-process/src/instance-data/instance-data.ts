import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { type InstancePaths, instancePaths, type StorePaths, storePaths } from '../store-paths.ts'
import { lost, writeRecord } from '../supervisor/instance-record.ts'
import { defaultUids, Uids } from '../supervisor/uids.ts'
import { SupervisorClient } from '../supervisor-client.ts'
import { packDirectory, unpackInto } from './system-tar.ts'

/** `volume`: what the manifest's VolumeMount names. `resources`: an environment that is the instance's own. */
export type KeptPart = 'volume' | 'resources'

/** What instances keep on the disk of one data directory, read for a backup and laid anew from one. */
export class InstanceData {
  readonly #store: StorePaths
  readonly #isRoot = process.getuid?.() === 0
  readonly #uids: Uids
  readonly #owners = new Map<string, number | null>()

  /** @param dataDir made where it is absent */
  constructor(dataDir: string) {
    this.#store = storePaths(dataDir)
    this.#uids = new Uids(this.#isRoot ? defaultUids : null)
  }

  /** Whether a supervisor holds instances of this data directory now. */
  async isHeld(): Promise<boolean> {
    const client = await SupervisorClient.connect(this.#store)
    client?.close()
    return client !== undefined
  }

  /** What there is of an instance; an environment that can be built again does not count. */
  parts(id: string, { ownResources }: { ownResources: boolean }): KeptPart[] {
    const paths = instancePaths(this.#store, id)
    const wanted: KeptPart[] = ownResources ? ['volume', 'resources'] : ['volume']
    return wanted.filter((part) => existsSync(place(paths, part)))
  }

  /**
   * A part as a tar stream, file by file while the instance goes on. What could not be read is told to `warn`.
   *
   * @throws {PartGone} when the instance was deleted meanwhile; the stream then is of no use.
   */
  async *read(id: string, part: KeptPart, warn: (text: string) => void): AsyncIterable<Uint8Array> {
    const directory = place(instancePaths(this.#store, id), part)
    try {
      yield* packDirectory(directory, part === 'volume' ? ['.'] : ['marker.json', 'venv'], warn)
    } catch (cause) {
      if (existsSync(directory)) throw cause
      throw new PartGone(id)
    }
  }

  /**
   * Unpacks what `read` gave. With root all of it belongs to a user of the instance's own afterwards, and it is
   * unpacked by that user: whatever the stream holds, nothing outside is touched.
   */
  async lay(id: string, part: KeptPart, tar: AsyncIterable<Uint8Array>): Promise<void> {
    const paths = instancePaths(this.#store, id)
    const uid = this.#ownerOf(id, paths)
    const directory = place(paths, part)
    mkdirSync(directory, { mode: 0o700 })
    if (uid !== null) chownSync(directory, uid, uid)
    await unpackInto(directory, uid, tar)
    if (part === 'resources') this.#closeEnvironment(directory)
  }

  /** The supervisor finds the instance as one that it has lost. */
  #ownerOf(id: string, paths: InstancePaths): number | null {
    const known = this.#owners.get(id)
    if (known !== undefined) return known
    const uid = this.#uids.borrow()
    for (const directory of [this.#store.runtime, this.#store.instances, paths.root]) {
      mkdirSync(directory, { recursive: true, mode: 0o711 })
      chmodSync(directory, 0o711)
    }
    writeRecord(paths, lost({ id, generation: 0, phase: 'queued', phaseSince: Date.now(), uid }))
    this.#owners.set(id, uid)
    return uid
  }

  /** Mounted is what stands at `venv`: it must not lead elsewhere. */
  #closeEnvironment(directory: string): void {
    const venv = lstatSync(path.join(directory, 'venv'), { throwIfNoEntry: false })
    const marker = lstatSync(path.join(directory, 'marker.json'), { throwIfNoEntry: false })
    if (!venv?.isDirectory() || !marker?.isFile()) throw new Error('The environment in the backup is not one.')
    if (this.#isRoot) chownSync(directory, 0, 0)
    chmodSync(directory, 0o755)
  }
}

/** The instance was deleted while it was read. */
export class PartGone extends Error {
  readonly id: string
  constructor(id: string) {
    super(`The instance ${id} was deleted while its data was read.`)
    this.name = 'PartGone'
    this.id = id
  }
}

function place(paths: InstancePaths, part: KeptPart): string {
  return part === 'volume' ? paths.volume : paths.environment
}
