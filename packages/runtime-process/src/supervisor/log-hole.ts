import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { headBlockBytes } from '../log-head.ts'

/** A part of a log that is given back to the disk, under the hands of whoever writes to the end of it. */
export class LogHole {
  readonly #args: string[]
  readonly #options: SpawnOptions

  /** Of the file `fd`, behind its first block. */
  constructor(fd: number, from: number, to: number) {
    const first = Math.max(headBlockBytes, from - (from % headBlockBytes))
    const place = ['--offset', String(first), '--length', String(to - (to % headBlockBytes) - first)]
    this.#args = ['--punch-hole', ...place, '/proc/self/fd/3']
    this.#options = { stdio: ['ignore', 'ignore', 'ignore', fd] }
  }

  /** False where the file system knows no holes. */
  async make(): Promise<boolean> {
    const [code] = await once(spawn('fallocate', this.#args, this.#options), 'exit')
    return code === 0
  }

  makeNow(): void {
    spawnSync('fallocate', this.#args, this.#options)
  }
}
