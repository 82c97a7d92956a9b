import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** Where a backup goes. */
export interface Destination {
  /** Takes all of the stream, or fails and leaves nothing that looks like a backup. */
  receive(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>
}

/** A file that bears its name when it is whole and on the disk; what had the name before stays until then. */
export function fileDestination(path: string): Destination {
  return {
    async receive(bytes, signal) {
      const beside = `${path}.${process.pid}.part`
      try {
        await pipeline(bytes, createWriteStream(beside, { mode: 0o600, flush: true }), { signal })
        await rename(beside, path)
        await syncDirectory(dirname(path))
      } catch (cause) {
        await rm(beside, { force: true })
        throw cause
      }
    },
  }
}

/** A pipe: whoever reads it has to see to a whole file; a cut one is refused when it is restored. */
export function streamDestination(stream: NodeJS.WritableStream): Destination {
  return { receive: (bytes, signal) => pipeline(bytes, stream, { signal, end: false }) }
}

async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r')
  await directory.sync()
}
