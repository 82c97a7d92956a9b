import type { Readable } from 'node:stream'
import type { StagedFile } from './staged-file.ts'

/** Keeps immutable bytes under their SHA-256 (lower-case hex). Every method is idempotent. */
export interface BlobStore {
  /**
   * Makes the staged file durable and readable under its hash; the staged file is used up. Content that is there
   * already is kept.
   *
   * @throws {StorageError} `disk_full`, `unavailable`; the store is then as it was.
   */
  put(file: StagedFile): Promise<void>

  /** @throws {StorageError} `not_found` */
  read(sha256: string): Promise<Readable>

  /** A path on this machine where the bytes can be read at random. @throws {StorageError} `not_found` */
  localPath(sha256: string): Promise<string>

  /** An unknown hash is no error. */
  delete(sha256: string): Promise<void>
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
