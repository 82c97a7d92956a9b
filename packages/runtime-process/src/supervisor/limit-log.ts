import { Buffer } from 'node:buffer'
import { fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs'

const intervalMs = 500
const notice = '# runtime: the log grew too long, and its beginning was dropped\n'

/**
 * Keeps the latest part of a log that grows beyond `maxBytes`. The processes of an app hold the file itself, so it is
 * cut rather than replaced; `fd` has to be open for reading and appending.
 */
export function limitLog(fd: number, maxBytes: number): { end(): void } {
  const look = () => {
    try {
      if (fstatSync(fd).size > maxBytes) cut(fd, Math.floor(maxBytes / 2))
    } catch (error) {
      console.error(`A log is not kept short: ${(error as Error).message}`)
    }
  }
  const timer = setInterval(look, intervalMs)
  return {
    end: () => {
      clearInterval(timer)
      look()
    },
  }
}

function cut(fd: number, keptBytes: number): void {
  const kept = Buffer.alloc(keptBytes)
  const length = readSync(fd, kept, 0, keptBytes, fstatSync(fd).size - keptBytes)
  const latest = kept.subarray(0, length)
  ftruncateSync(fd, 0)
  writeSync(fd, Buffer.concat([Buffer.from(notice), latest.subarray(latest.indexOf('\n') + 1)]))
}
