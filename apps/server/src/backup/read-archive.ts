import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import type { z } from 'zod'
import {
  ArchiveDigest,
  type End,
  type EntryName,
  endSchema,
  entryKinds,
  formatVersion,
  type Manifest,
  manifestSchema,
  readName,
} from './archive-format.ts'

export type ArchiveEntry = Exclude<EntryName, { kind: 'manifest' | 'end' }>

/** Takes what stands in a backup, in order. `bytes` are to be read to their end. */
export type ArchiveVisitor = (entry: ArchiveEntry, bytes: AsyncIterable<Uint8Array>) => Promise<void>

/** What is given as a backup is none, or not all of one. */
export class BackupRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupRefused'
  }
}

const factsMaxBytes = 32 << 20

/**
 * Reads a backup from its beginning to its end. That it is whole is known when this returns, and not before.
 *
 * @throws {BackupRefused} when it is no backup, damaged, cut short, or holds what we would not have put there; what
 * `visit` throws
 */
export async function readArchive(
  path: string,
  visit: ArchiveVisitor,
  signal: AbortSignal,
): Promise<{ manifest: Manifest; end: End }> {
  const reading = extract()
  const fed = pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), reading, { signal })
  fed.catch(() => undefined)
  const reader = new Reader(visit)
  try {
    for await (const entry of reading) {
      const { name, size = 0, type } = entry.header
      if (type !== 'file') throw new BackupRefused(`It holds ${quoted(name)}, which is no plain file.`)
      await reader.take(name, size, entry as AsyncIterable<Uint8Array>)
    }
    await fed
  } catch (cause) {
    throw refusal(cause, reader.hasBegun)
  }
  return reader.finish()
}

class Reader {
  readonly #visit: ArchiveVisitor
  readonly #digest = new ArchiveDigest()
  readonly #seen = new Set<string>()
  #manifest: Manifest | undefined
  #end: End | undefined
  #last: EntryName | undefined

  constructor(visit: ArchiveVisitor) {
    this.#visit = visit
  }

  /** Whether it is a backup at all. */
  get hasBegun(): boolean {
    return this.#manifest !== undefined
  }

  async take(name: string, size: number, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const entry = readName(name)
    if (!entry && this.#last === undefined) throw notOurs()
    if (!entry) throw new BackupRefused(`It holds ${quoted(name)}, which no backup does.`)
    this.#inOrder(entry, name)
    if (entry.kind === 'end') {
      this.#end = await facts(endSchema, size, bytes)
      return
    }
    this.#digest.begin(name, size)
    if (entry.kind === 'manifest')
      this.#manifest = readManifest(await facts(manifestSchema, size, this.#counted(bytes)))
    else await this.#visit(entry, this.#counted(bytes))
  }

  finish(): { manifest: Manifest; end: End } {
    if (!this.#manifest) throw notOurs()
    if (!this.#end) throw new BackupRefused('It ends too early: it was cut short while it was written or copied.')
    const isWhole = this.#end.entries === this.#digest.entries && this.#end.sha256 === this.#digest.end()
    if (!isWhole) throw damaged()
    return { manifest: this.#manifest, end: this.#end }
  }

  /** The order is part of the format: each name comes once, and the pieces of a part without a gap. */
  #inOrder(entry: EntryName, name: string): void {
    const last = this.#last
    if (!last && entry.kind !== 'manifest') throw notOurs()
    const step = entryKinds.indexOf(entry.kind) - (last ? entryKinds.indexOf(last.kind) : 0)
    const isNext = entry.kind === 'blob' || entry.kind === 'part' ? step >= 0 : !last || step >= 1
    const isFollowed = last?.kind !== 'manifest' || entry.kind === 'database'
    const isSame = entry.kind === 'part' && last?.kind === 'part' && last.id === entry.id && last.part === entry.part
    const index = isSame ? last.index + 1 : 0
    if (!isNext || !isFollowed || this.#seen.has(name) || (entry.kind === 'part' && entry.index !== index))
      throw damaged()
    this.#seen.add(name)
    this.#last = entry
  }

  async *#counted(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      this.#digest.update(chunk)
      yield chunk
    }
  }
}

async function facts<T>(schema: z.ZodType<T>, size: number, bytes: AsyncIterable<Uint8Array>): Promise<T> {
  if (size > factsMaxBytes) throw damaged()
  const text = (await buffer(bytes)).toString('utf8')
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw damaged(cause)
  }
}

function readManifest(manifest: Manifest): Manifest {
  if (manifest.format <= formatVersion) return manifest
  throw new BackupRefused(
    `It was made by version ${quoted(manifest.storeVersion)} of the store, in a format that this version does not know.`,
  )
}

function notOurs(): BackupRefused {
  return new BackupRefused(
    'It is no backup of a store, or only a scrap of one. A compressed one has to be unpacked first.',
  )
}

function damaged(cause?: unknown): BackupRefused {
  return new BackupRefused('It is damaged: what it holds is not what was written.', { cause })
}

/** What the reader of the tar format says of a file is about bytes; what the system says is told as it is. */
function refusal(cause: unknown, hasBegun: boolean): unknown {
  const { code, message } = cause as NodeJS.ErrnoException
  if (cause instanceof BackupRefused || code !== undefined) return cause
  if (hasBegun && message === 'Unexpected end of data')
    return new BackupRefused('It ends too early: it was cut short while it was written or copied.', { cause })
  if (/^(Invalid tar header|Header exceeds|Invalid header|Unexpected end)/.test(message))
    return hasBegun ? damaged(cause) : notOurs()
  return cause
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
