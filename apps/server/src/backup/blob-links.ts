import { constants } from 'node:fs'
import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { blobFile } from '@wave-store/storage'

/**
 * Blobs under names of the backup's own, so that they stay readable when the store deletes them meanwhile. Nothing is
 * copied where the file system has hard links; bytes under a hash never change.
 */
export class BlobLinks {
  readonly #root: string
  readonly #directory: string

  private constructor(root: string, directory: string) {
    this.#root = root
    this.#directory = directory
  }

  /** Takes hold of every blob that there is now. @param root of the blob store @param directory is made */
  static async hold(root: string, directory: string): Promise<BlobLinks> {
    await mkdir(directory, { mode: 0o700 })
    const links = new BlobLinks(root, directory)
    const blobs = join(root, 'blobs')
    for (const prefix of await readdir(blobs).catch(() => []))
      for (const name of await readdir(join(blobs, prefix)).catch(() => [])) await links.#take(name).catch(ignoreAbsent)
    return links
  }

  /** Drops what is not named, and takes what came since. @returns false when one of them is gone already */
  async keepOnly(hashes: string[]): Promise<boolean> {
    const wanted = new Set(hashes)
    for (const name of await readdir(this.#directory))
      if (!wanted.delete(name)) await rm(join(this.#directory, name), { force: true })
    for (const sha256 of wanted) {
      const isTaken = await this.#take(sha256).catch(ignoreAbsent)
      if (!isTaken) return false
    }
    return true
  }

  path(sha256: string): string {
    return join(this.#directory, sha256)
  }

  async sizeBytes(hashes: string[]): Promise<number> {
    let total = 0
    for (const sha256 of hashes) total += (await stat(this.path(sha256))).size
    return total
  }

  async #take(sha256: string): Promise<true> {
    const source = blobFile(this.#root, sha256)
    await link(source, this.path(sha256)).catch(async (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') throw cause
      await copyFile(source, this.path(sha256), constants.COPYFILE_FICLONE)
    })
    return true
  }
}

function ignoreAbsent(cause: NodeJS.ErrnoException): false {
  if (cause.code !== 'ENOENT') throw cause
  return false
}
