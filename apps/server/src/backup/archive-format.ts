import { createHash, type Hash } from 'node:crypto'
import { z } from 'zod'

/** A larger one is one that an older store cannot restore. */
export const formatVersion = 1

/** Parts of an instance's data are cut into pieces of this size, as a tar entry says its size before its bytes. */
export const pieceBytes = 4 << 20

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()

/** The first entry: what to expect. */
export const manifestSchema = z.object({
  kind: z.literal('wave-app-store-backup'),
  format: z.number().int().positive(),
  storeVersion: z.string(),
  /** When the database was as it is in here; ISO 8601. */
  at: z.iso.datetime(),
  migrations: z.array(z.string()),
  database: z.object({ sizeBytes: count, sha256 }),
  blobs: z.object({ count, sizeBytes: count }),
  counts: z.object({ apps: count, people: count, instances: count, secrets: count }),
  /** Tells the store's `keys.json` from another's, and nothing about it. Null: there was none. */
  providerKeys: z.string().nullable(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** The last entry: whether all came. */
export const endSchema = z.object({
  entries: count,
  /** Over all entries before this one: see `ArchiveDigest`. */
  sha256,
  /** Instances that were terminated while their data was read; what came of it is of no use. */
  gone: z.array(z.string()),
})
export type End = z.infer<typeof endSchema>

export type EntryName =
  | { kind: 'manifest' }
  | { kind: 'database' }
  | { kind: 'blob'; sha256: string }
  /** Piece `index` of a tar stream. */
  | { kind: 'part'; id: string; part: 'volume' | 'resources'; index: number }
  | { kind: 'end' }

/** In this order they stand in an archive. */
export const entryKinds = ['manifest', 'database', 'blob', 'part', 'end'] as const

export function nameOf(entry: EntryName): string {
  if (entry.kind === 'blob') return `blobs/${entry.sha256}`
  if (entry.kind === 'part') return `instances/${entry.id}/${entry.part}.tar.${String(entry.index).padStart(8, '0')}`
  return { manifest: 'manifest.json', database: 'store.db', end: 'end.json' }[entry.kind]
}

const patterns = {
  blob: /^blobs\/([0-9a-f]{64})$/,
  part: /^instances\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(volume|resources)\.tar\.(\d{8})$/,
}

/** Undefined for every name that we would not have given. */
export function readName(name: string): EntryName | undefined {
  const blob = patterns.blob.exec(name)
  if (blob) return { kind: 'blob', sha256: blob[1]! }
  const part = patterns.part.exec(name)
  if (part) return { kind: 'part', id: part[1]!, part: part[2] as 'volume' | 'resources', index: Number(part[3]) }
  return (['manifest', 'database', 'end'] as const).map((kind) => ({ kind })).find((entry) => nameOf(entry) === name)
}

/** SHA-256 over the name, the size and the bytes of one entry after the other. */
export class ArchiveDigest {
  readonly #hash: Hash = createHash('sha256')
  entries = 0

  begin(name: string, sizeBytes: number): void {
    this.entries++
    this.#hash.update(`${name}\n${sizeBytes}\n`)
  }

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  end(): string {
    return this.#hash.digest('hex')
  }
}
