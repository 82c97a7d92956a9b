import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { blobFile } from '@wave-store/storage'
import type { Manifest } from './archive-format.ts'
import type { InstanceData } from './instance-data.ts'
import { type ArchiveVisitor, BackupRefused } from './read-archive.ts'

/** Reads what is in a backup, keeps nothing, and compares: `seen` afterwards holds the blobs that are in it. */
export function checkingVisitor(seen: { database: string | null; blobs: Set<string> }): ArchiveVisitor {
  return async (entry, bytes) => {
    const hash = createHash('sha256')
    for await (const chunk of bytes) hash.update(chunk)
    const sha256 = hash.digest('hex')
    if (entry.kind === 'database') seen.database = sha256
    if (entry.kind !== 'blob') return
    if (entry.sha256 !== sha256) throw new BackupRefused(`A bundle or picture in it is damaged: ${entry.sha256}.`)
    seen.blobs.add(sha256)
  }
}

/** Whether the database that came is the one that the backup announces. */
export function checkDatabase(manifest: Manifest, sha256: string | null): void {
  if (manifest.database.sha256 !== sha256) throw new BackupRefused('The database in it is damaged.')
}

/** Lays what is in a backup as the files of a store. */
export class StoreLayer implements AsyncDisposable {
  readonly #directory: string
  readonly #instances: InstanceData
  readonly #gone: Set<string>
  #part: { id: string; name: string; bytes: PassThrough; laid: Promise<void> } | undefined

  /** @param gone instances whose data is not laid */
  constructor(directory: string, instances: InstanceData, gone: string[]) {
    this.#directory = directory
    this.#instances = instances
    this.#gone = new Set(gone)
  }

  readonly visit: ArchiveVisitor = async (entry, bytes) => {
    if (entry.kind === 'database') return writeFile(join(this.#directory, 'store.db'), bytes, 0o644)
    if (entry.kind === 'blob') {
      const path = blobFile(join(this.#directory, 'bundles'), entry.sha256)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      return writeFile(path, bytes, 0o644)
    }
    if (this.#gone.has(entry.id)) return drain(bytes)
    if (this.#part?.id !== entry.id || this.#part.name !== entry.part) {
      await this.finish()
      const stream = new PassThrough()
      const laid = this.#instances.lay(entry.id, entry.part, stream).catch((cause: unknown) => notLaid(entry.id, cause))
      // Whoever unpacks may fail before all was given.
      laid.catch((cause: unknown) => stream.destroy(cause as Error))
      this.#part = { id: entry.id, name: entry.part, bytes: stream, laid }
    }
    const part = this.#part
    await pipeline(bytes, part.bytes, { end: false }).catch(async (cause: unknown) => {
      await part.laid
      throw cause
    })
  }

  /** Waits for what was begun. */
  async finish(): Promise<void> {
    this.#part?.bytes.end()
    await this.#part?.laid
    this.#part = undefined
  }

  /** What is half unpacked is left so, by nobody who still writes. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#part?.bytes.destroy()
    await this.#part?.laid.catch(() => undefined)
  }
}

function notLaid(id: string, cause: unknown): never {
  throw new BackupRefused(`The data of instance ${id} in it cannot be laid: ${(cause as Error).message}`, { cause })
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

/** New, or not at all. */
function writeFile(path: string, bytes: AsyncIterable<Uint8Array>, mode: number): Promise<void> {
  return pipeline(bytes, createWriteStream(path, { flags: 'wx', mode }))
}
