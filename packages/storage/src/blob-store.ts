import type { Readable } from 'node:stream'
import type { StagedFile } from './staged-file.ts'

export interface ByteRange {
  start: number
  end: number
}

/** Keeps immutable bytes under their SHA-256 (lower-case hex). Every method is idempotent. */
export interface BlobStore {
  /**
   * Makes the staged file durable and readable under its hash; the staged file is used up. Content that is there
   * already is kept.
   *
   * @throws {StorageError} `disk_full`, `unavailable`; the store is then as it was.
   */
  put(file: StagedFile): Promise<void>

  /**
   * @param range bytes counted from 0, both ends included; default: all
   * @throws {StorageError} `not_found`
   */
  read(sha256: string, range?: ByteRange): Promise<Readable>

  /** A path on this machine where the bytes can be read at random. @throws {StorageError} `not_found` */
  localPath(sha256: string): Promise<string>

  /** An unknown hash is no error. */
  delete(sha256: string): Promise<void>

  /** Where somebody gets the bytes without us, for some minutes, under a name of theirs; null: nowhere. */
  signedUrl(sha256: string, options: { fileName: string; mediaType: string }): Promise<string | null>

  /** Returns when it can be written to and read. @throws {StorageError} `unavailable` */
  check(): Promise<void>

  /** For uploads on their way in, on this machine. */
  readonly stagingDirectory: string
}

export class StorageError extends Error {
  readonly code: 'not_found' | 'too_large' | 'interrupted' | 'disk_full' | 'unavailable'
  constructor(code: StorageError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageError'
    this.code = code
  }
}

/** What a failed file operation means for the caller. */
export function storageError(cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause
  const code = (cause as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StorageError('disk_full', 'The disk is full.', { cause })
  if (code === 'ENOENT') return new StorageError('not_found', 'There is no such blob.', { cause })
  return new StorageError('unavailable', 'The storage does not answer as it should.', { cause })
}
