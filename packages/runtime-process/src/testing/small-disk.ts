import { execFileSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statfsSync, truncateSync, writeSync } from 'node:fs'
import path from 'node:path'

/** A disk of its own for a data directory, so that filling it hurts nobody. */
export class SmallDisk {
  readonly #directory: string

  /** Mounts an empty one over the directory; its file stands beside that. */
  constructor(directory: string, sizeBytes: number) {
    this.#directory = directory
    const image = `${directory}.disk`
    closeSync(openSync(image, 'w'))
    truncateSync(image, sizeBytes)
    execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', '-b', '4096', '-J', 'size=4', image])
    execFileSync('mount', ['-o', 'loop', image, directory])
    rmSync(path.join(directory, 'lost+found'), { recursive: true })
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#directory)
    return bavail * bsize
  }

  /** Somebody else's file, as large as the disk lets it be. */
  fill(name: string): string {
    const file = path.join(this.#directory, name)
    const fd = openSync(file, 'w')
    for (const size of [1 << 20, 4096, 1]) {
      const chunk = new Uint8Array(size)
      try {
        while (writeSync(fd, chunk) > 0);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
    closeSync(fd)
    return file
  }

  remove(): void {
    execFileSync('umount', [this.#directory])
    rmSync(`${this.#directory}.disk`)
  }
}
