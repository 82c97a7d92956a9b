import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'
import { ArchiveDigest, type EntryName, type Manifest, nameOf, pieceBytes } from './archive-format.ts'

/** A backup as it is written: entries in, one stream out, with flat memory. */
export class ArchiveWriter {
  readonly #pack = pack()
  readonly #digest = new ArchiveDigest()
  sizeBytes = 0

  /** To be read while entries are added. */
  get output(): AsyncIterable<Uint8Array> {
    return this.#pack as AsyncIterable<Uint8Array>
  }

  async manifest(manifest: Manifest): Promise<void> {
    await this.#add({ kind: 'manifest' }, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
  }

  /** The file stays as it is meanwhile. */
  async file(entry: EntryName, path: string): Promise<void> {
    const { size } = await stat(path)
    const done = Promise.withResolvers<void>()
    const sink = this.#pack.entry(this.#header(entry, size), (cause) => (cause ? done.reject(cause) : done.resolve()))
    done.promise.catch(() => undefined)
    const digest = this.#digest
    await pipeline(
      createReadStream(path, { highWaterMark: 1 << 20 }),
      async function* (bytes: AsyncIterable<Uint8Array>) {
        for await (const chunk of bytes) {
          digest.update(chunk)
          yield chunk
        }
      },
      sink,
    )
    await done.promise
  }

  /** A stream whose length nobody knows, in pieces. */
  async stream(part: Omit<EntryName & { kind: 'part' }, 'kind' | 'index'>, bytes: AsyncIterable<Uint8Array>) {
    let index = 0
    for await (const piece of inPieces(bytes)) await this.#add({ kind: 'part', ...part, index: index++ }, piece)
  }

  async end(gone: string[]): Promise<void> {
    const { entries } = this.#digest
    const text = JSON.stringify({ entries, sha256: this.#digest.end(), gone })
    await new Promise<void>((resolve, reject) =>
      this.#pack.entry(headerOf('end.json', Buffer.byteLength(text)), text, (cause) =>
        cause ? reject(cause) : resolve(),
      ),
    )
    this.#pack.finalize()
  }

  abort(cause: unknown): void {
    this.#pack.destroy(cause instanceof Error ? cause : new Error(String(cause)))
  }

  async #add(entry: EntryName, bytes: Buffer): Promise<void> {
    const header = this.#header(entry, bytes.byteLength)
    this.#digest.update(bytes)
    await new Promise<void>((resolve, reject) =>
      this.#pack.entry(header, bytes, (cause) => (cause ? reject(cause) : resolve())),
    )
  }

  #header(entry: EntryName, size: number) {
    const name = nameOf(entry)
    this.#digest.begin(name, size)
    this.sizeBytes += size
    return headerOf(name, size)
  }
}

function headerOf(name: string, size: number) {
  return { name, size, mode: 0o600, mtime: new Date(0), type: 'file' as const }
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  for await (const chunk of bytes) {
    held.push(chunk)
    heldBytes += chunk.byteLength
    if (heldBytes < pieceBytes) continue
    yield Buffer.concat(held)
    held = []
    heldBytes = 0
  }
  if (heldBytes > 0) yield Buffer.concat(held)
}
