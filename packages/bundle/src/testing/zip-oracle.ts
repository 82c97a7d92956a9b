import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'

configure({ useWebWorkers: false })

/** Whether an independent reader, at its strictest, refuses the archive or the content of an entry. */
export async function oracleRefuses(bytes: Uint8Array): Promise<boolean> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes), {
    strictness: 'strict',
    filenameValidation: 'strict',
    checkOverlappingEntry: true,
    checkSignature: true,
  })
  try {
    for (const entry of await reader.getEntries()) {
      if (!entry.directory) await entry.getData(new Uint8ArrayWriter())
    }
    return false
  } catch {
    return true
  } finally {
    await reader.close()
  }
}
