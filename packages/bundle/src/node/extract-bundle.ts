import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BundleFile } from './bundle-file.ts'
import { readContent } from './read-content.ts'
import { opened, writeEntry } from './read-entry.ts'

/**
 * Writes every file of a bundle that was inspected and accepted below a folder, which is to be empty. Links come last, so
 * that no file is written through one.
 *
 * @throws {BundleError | ContentError} when it is no such bundle; what was written until then is left behind
 */
export async function extractBundle(path: string, directory: string): Promise<void> {
  await using file = await BundleFile.open(path)
  const archive = await opened(file)
  const targetOf = (entryPath: string) => join(directory, entryPath)
  for (const entry of archive.entries) {
    if (entry.kind !== 'file') continue
    await mkdir(dirname(targetOf(entry.path)), { recursive: true })
    await writeEntry(archive, entry, targetOf(entry.path))
  }
  for (const entry of archive.entries) {
    if (entry.kind !== 'symlink') continue
    const { fileDataStart } = await archive.zip.readLocalFileHeaderPromise(entry.source, { minimal: true })
    const target = await readContent(archive, entry, { dataOffset: fileDataStart, maxBytes: entry.sizeBytes })
    await mkdir(dirname(targetOf(entry.path)), { recursive: true })
    await symlink(target.toString(), targetOf(entry.path))
  }
}
