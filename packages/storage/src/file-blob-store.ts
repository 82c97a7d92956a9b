import { createReadStream } from 'node:fs'
import { access, constants, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { type BlobStore, type ByteRange, storageError } from './blob-store.ts'
import type { StagedFile } from './staged-file.ts'

/**
 * Blobs as files `<root>/blobs/<first two digits>/<hash>`, with room for staging on the same file system.
 * The directories are the owner's alone; the files in them may be mounted where another user reads them.
 */
export class FileBlobStore implements BlobStore {
  readonly stagingDirectory: string
  readonly #root: string
  readonly #blobs: string

  private constructor(root: string) {
    this.stagingDirectory = join(root, 'staging')
    this.#root = root
    this.#blobs = join(root, 'blobs')
  }

  /** Opens or makes the store; what an interrupted upload left behind is removed. */
  static async open(root: string): Promise<FileBlobStore> {
    const store = new FileBlobStore(root)
    await mkdir(store.stagingDirectory, { recursive: true, mode: 0o700 })
    await mkdir(store.#blobs, { recursive: true, mode: 0o700 })
    for (const name of await readdir(store.stagingDirectory))
      await rm(join(store.stagingDirectory, name), { recursive: true })
    return store
  }

  async put(file: StagedFile): Promise<void> {
    const target = this.#path(file.sha256)
    try {
      const made = await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      if (made) await syncDirectory(this.#blobs)
      await rename(file.path, target)
      await syncDirectory(dirname(target))
    } catch (cause) {
      throw storageError(cause)
    }
  }

  async read(sha256: string, range?: ByteRange): Promise<Readable> {
    return createReadStream(await this.localPath(sha256), range)
  }

  async localPath(sha256: string): Promise<string> {
    const path = this.#path(sha256)
    await access(path).catch((cause: unknown) => {
      throw storageError(cause)
    })
    return path
  }

  async delete(sha256: string): Promise<void> {
    await rm(this.#path(sha256), { force: true })
  }

  async signedUrl(): Promise<null> {
    return null
  }

  async check(): Promise<void> {
    await access(this.stagingDirectory, constants.W_OK).catch((cause: unknown) => {
      throw storageError(cause)
    })
  }

  #path(sha256: string): string {
    return blobFile(this.#root, sha256)
  }
}

/** Where a store of this kind keeps a blob, for those who read or lay its files without it. */
export function blobFile(root: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('A blob is named by the lower-case hex of its SHA-256.')
  return join(root, 'blobs', sha256.slice(0, 2), sha256)
}

/** A new name is durable only when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r')
  await directory.sync()
}
