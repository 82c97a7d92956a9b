import JSZip from 'jszip'
import type { ArchiveReader } from '../archive/archive-reader.ts'
import { type ContentProblemCode, contentProblem } from '../archive/content-problem.ts'
import { crc32 } from '../archive/crc32.ts'
import { type ArchiveEntry, isReadable } from '../archive/entry.ts'
import { decodeEntryName } from '../archive/entry-name.ts'
import { damaged } from '../archive/locate-directory.ts'
import type { Problem } from '../problem.ts'

/** In jszip since 3.0, missing from its types. */
interface StreamingObject {
  internalStream(type: 'uint8array'): JSZip.JSZipStreamHelper<Uint8Array>
}

/** Contents by jszip. It keeps one object for each name, so names that stand twice are not read at all. */
export class JszipReader implements ArchiveReader {
  readonly entries: readonly ArchiveEntry[]
  private readonly zip: JSZip | undefined
  private readonly problems: Problem[]
  private readonly repeated = new Set<string>()

  private constructor(zip: JSZip | undefined, entries: readonly ArchiveEntry[], problems: Problem[]) {
    this.zip = zip
    this.entries = entries
    this.problems = problems
    const seen = new Set<string>()
    for (const { path } of entries) (seen.has(path) ? this.repeated : seen).add(path)
  }

  /** @param problems gets what is found wrong, now and in later reads. */
  static async open(bytes: Uint8Array, entries: readonly ArchiveEntry[], problems: Problem[]): Promise<JszipReader> {
    // What jszip refuses as a whole has its own problem by then.
    if (entries.some((entry) => !isReadable(entry))) return new JszipReader(undefined, entries, problems)
    const options = {
      decodeFileName: (name: Uint8Array | string[] | Buffer) =>
        decodeEntryName(name as Uint8Array, 0, new Uint8Array()),
    }
    try {
      return new JszipReader(await JSZip.loadAsync(bytes, options), entries, problems)
    } catch {
      problems.push(damaged('its entries cannot be read'))
      return new JszipReader(undefined, entries, problems)
    }
  }

  async read(entry: ArchiveEntry, maxBytes: number): Promise<Uint8Array | undefined> {
    const object = this.repeated.has(entry.path) ? undefined : this.zip?.file(entry.path)
    if (!object) return undefined
    const wanted = Math.min(maxBytes, entry.sizeBytes)
    // One byte more than stated shows that the statement is wrong.
    const bytes = await readAtMost(object as unknown as StreamingObject, wanted + 1)
    const isWhole = wanted === entry.sizeBytes
    if (bytes.length < wanted || (isWhole && bytes.length > wanted)) return this.refuse(entry, 'size_lies')
    if (isWhole && crc32(bytes) !== entry.crc32) return this.refuse(entry, 'crc_mismatch')
    return bytes.subarray(0, wanted)
  }

  private refuse(entry: ArchiveEntry, code: ContentProblemCode): undefined {
    this.problems.push(contentProblem(code, entry))
    return undefined
  }
}

/** Ends short where jszip finds the content shorter than stated, or broken: it tells both in the same way. */
function readAtMost(object: StreamingObject, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const bytes = new Uint8Array(maxBytes)
    let length = 0
    const stream = object.internalStream('uint8array')
    stream.on('error', () => resolve(bytes.subarray(0, length)))
    stream.on('end', () => resolve(bytes.subarray(0, length)))
    stream.on('data', (chunk) => {
      const part = chunk.subarray(0, maxBytes - length)
      bytes.set(part, length)
      length += part.length
      if (length < maxBytes) return
      stream.pause()
      resolve(bytes)
    })
    stream.resume()
  })
}
