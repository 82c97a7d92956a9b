import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type InstancePaths, instancePaths, type StorePaths, storePaths } from '../store-paths.ts'
import { lost, writeRecord } from '../supervisor/instance-record.ts'
import { defaultUids, Uids } from '../supervisor/uids.ts'
import { whyNoImages } from '../supervisor/volumes/can-mount-images.ts'
import { SupervisorClient } from '../supervisor-client.ts'
import { copyFrozen, inView } from './frozen-copy.ts'
import { turnIntoImage } from './into-image.ts'
import { packDirectory, unpackInto } from './system-tar.ts'

/** `volume`: what the manifest's VolumeMount names. `resources`: an environment that is the instance's own. */
export type KeptPart = 'volume' | 'resources'

export interface ReadOptions {
  /** A directory for copies, on a disk with room. */
  workshop: string
  /** Told what could not be read, or not as it should be. */
  warn: (text: string) => void
}

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
    return wanted.filter((part) => existsSync(placeOf(paths, part).directory))
  }

  /**
   * A part as a tar stream while the instance goes on: of a disk image as it is at one moment, else file by file.
   *
   * @throws {PartGone} when the instance was deleted meanwhile; the stream then is of no use.
   */
  async *read(id: string, part: KeptPart, { workshop, warn }: ReadOptions): AsyncIterable<Uint8Array> {
    const place = placeOf(instancePaths(this.#store, id), part)
    const copy = path.join(workshop, `${id}.img`)
    try {
      if (!existsSync(place.image)) return yield* packDirectory(place, warn)
      const image = await heldStill(place.image, copy, workshop, warn)
      yield* packDirectory({ ...place, within: (command) => inView(image, place.mount, command) }, warn)
    } catch (cause) {
      if (existsSync(place.directory)) throw cause
      throw new PartGone(id)
    } finally {
      rmSync(copy, { force: true })
    }
  }

  /**
   * Unpacks what `read` gave. With root all of it belongs to a user of the instance's own afterwards, and it is
   * unpacked by that user: whatever the stream holds, nothing outside is touched.
   */
  async lay(id: string, part: KeptPart, tar: AsyncIterable<Uint8Array>): Promise<void> {
    const paths = instancePaths(this.#store, id)
    const uid = this.#ownerOf(id, paths)
    const { directory } = placeOf(paths, part)
    mkdirSync(directory, { mode: 0o700 })
    if (uid !== null) chownSync(directory, uid, uid)
    await unpackInto(directory, uid, tar)
    if (part === 'resources') this.#closeEnvironment(directory)
  }

  /** Gives a part that was laid a size that holds, where this machine can; otherwise it stays a directory. */
  async enclose(id: string, part: KeptPart, sizeBytes: number): Promise<void> {
    const uid = this.#owners.get(id)
    const place = placeOf(instancePaths(this.#store, id), part)
    if (uid === undefined || uid === null || !existsSync(place.directory)) return
    if ((await whyNoImages(this.#store.runtime)) === undefined) await turnIntoImage(place, { uid, sizeBytes })
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

export interface Place {
  directory: string
  members: string[]
  /** Where the image is mounted, if there is one. */
  mount: string
  image: string
}

function placeOf({ volume, volumeImage, environment }: InstancePaths, part: KeptPart): Place {
  if (part === 'volume') return { directory: volume, members: ['.'], mount: volume, image: volumeImage }
  const venv = path.join(environment, 'venv')
  return { directory: environment, members: ['marker.json', 'venv'], mount: venv, image: `${venv}.img` }
}

/** An image to read: a copy of one moment, or itself where none can be made. */
async function heldStill(image: string, copy: string, workshop: string, warn: ReadOptions['warn']): Promise<string> {
  const at = path.join(workshop, 'view')
  mkdirSync(at, { recursive: true })
  try {
    await copyFrozen(image, copy, at)
    return copy
  } catch (cause) {
    const reason = /no space left/i.test((cause as Error).message) ? 'no room for it' : 'it failed or took too long'
    warn(`no copy of its volume was made (${reason}): it was read file by file, while the app may have written to it`)
    return image
  }
}
