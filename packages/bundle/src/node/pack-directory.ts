import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** What no bundle needs: caches, environments, histories. */
const neverPacked = new Set(['.git', '.hg', '.svn', '.venv', 'venv', '__pycache__', 'node_modules', '.DS_Store'])

/** Any time will do, as long as it is always the same: equal folders give equal bytes. */
const modified = new Date(Date.UTC(1980, 0, 2))

/** Streams a folder as a bundle, entries in the order of their names; the same folder gives the same bytes. */
export async function* packDirectory(directory: string): AsyncIterable<Uint8Array> {
  const zip = new ZipFile()
  for (const path of await filesBelow(directory))
    zip.addFile(join(directory, path), path, { mtime: modified, mode: 0o100644, forceDosTimestamp: true })
  zip.end()
  yield* zip.outputStream as Readable
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const nested = await Promise.all(
    entries
      .filter((entry) => !neverPacked.has(entry.name) && !entry.name.endsWith('.pyc'))
      .map(async (entry) => {
        if (!entry.isDirectory()) return entry.isFile() ? [entry.name] : []
        return (await filesBelow(join(directory, entry.name))).map((path) => `${entry.name}/${path}`)
      }),
  )
  return nested.flat().sort()
}
