import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { type BlobStore, type ByteRange, StorageError } from './blob-store.ts'
import { blobFile } from './file-blob-store.ts'
import { type StagedFile, stageFile } from './staged-file.ts'

export interface S3Settings {
  bucket: string
  /** Of a server that is not Amazon's; null: Amazon's of the region. */
  endpoint: string | null
  region: string
  /** Before every key, such as `wave/`; empty: none. */
  prefix: string
  /** Whether people's programs can reach the server, and are sent there for bundles. */
  signsDownloads: boolean
  /** Copies beyond it go, those first that nobody used for longest. */
  cacheMaxBytes: number
}

const partBytes = 16 << 20
const partsAtOnce = 2
const signedForSeconds = 15 * 60
/** A copy that was asked for so lately may be about to be read. */
const keptAtLeastMs = 60 * 60_000

/**
 * Blobs as objects `<prefix><hash>` of a bucket, with copies on this machine of those that were needed here. An object is
 * there wholly or not at all: the server puts its parts together at the end. Who may is found as AWS tools find it, first in
 * `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.
 */
export class S3BlobStore implements BlobStore {
  readonly stagingDirectory: string
  readonly #client: S3Client
  readonly #settings: S3Settings
  readonly #root: string
  /** Copies on their way. */
  readonly #fetching = new Map<string, Promise<string>>()

  private constructor(root: string, settings: S3Settings) {
    this.stagingDirectory = join(root, 'staging')
    this.#root = join(root, 'cache')
    this.#settings = settings
    this.#client = new S3Client({
      region: settings.region,
      ...(settings.endpoint !== null && { endpoint: settings.endpoint, forcePathStyle: true }),
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
    })
  }

  /** @param root directory for staging and copies */
  static async open(root: string, settings: S3Settings): Promise<S3BlobStore> {
    const store = new S3BlobStore(root, settings)
    for (const directory of [store.stagingDirectory, store.#root])
      await mkdir(directory, { recursive: true, mode: 0o700 })
    for (const name of await readdir(store.stagingDirectory))
      await rm(join(store.stagingDirectory, name), { recursive: true })
    return store
  }

  async put(file: StagedFile): Promise<void> {
    if (!(await this.#has(file))) {
      const upload = new Upload({
        client: this.#client,
        params: { ...this.#object(file.sha256), Body: createReadStream(file.path) },
        partSize: partBytes,
        queueSize: partsAtOnce,
      })
      await upload.done().catch(refused)
    }
    await this.#keep(file)
  }

  async read(sha256: string, range?: ByteRange): Promise<Readable> {
    const { Body } = await this.#client
      .send(
        new GetObjectCommand({
          ...this.#object(sha256),
          ...(range && { Range: `bytes=${range.start}-${range.end}` }),
        }),
      )
      .catch(refused)
    return Body as Readable
  }

  async localPath(sha256: string): Promise<string> {
    const path = blobFile(this.#root, sha256)
    const now = new Date()
    // What is used says so, and stays.
    const isHere = await utimes(path, now, now).then(
      () => true,
      () => false,
    )
    if (isHere) return path
    const running = this.#fetching.get(sha256) ?? this.#fetch(sha256).finally(() => this.#fetching.delete(sha256))
    this.#fetching.set(sha256, running)
    return running
  }

  async delete(sha256: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#object(sha256))).catch(refused)
    await rm(blobFile(this.#root, sha256), { force: true })
  }

  async signedUrl(sha256: string, { fileName, mediaType }: { fileName: string; mediaType: string }) {
    if (!this.#settings.signsDownloads) return null
    const command = new GetObjectCommand({
      ...this.#object(sha256),
      ResponseContentDisposition: `attachment; filename="${fileName.replaceAll(/[^\w.+-]/g, '_')}"`,
      ResponseContentType: mediaType,
    })
    return getSignedUrl(this.#client, command, { expiresIn: signedForSeconds })
  }

  async check(): Promise<void> {
    const { bucket } = this.#settings
    await this.#client.send(new HeadBucketCommand({ Bucket: bucket })).catch((cause: unknown) => {
      if (!isMissing(cause)) refused(cause)
      throw new StorageError('unavailable', `There is no bucket ${bucket}.`, { cause })
    })
  }

  #object(sha256: string): { Bucket: string; Key: string } {
    return { Bucket: this.#settings.bucket, Key: this.#settings.prefix + sha256 }
  }

  async #has({ sha256, sizeBytes }: StagedFile): Promise<boolean> {
    const found = await this.#client.send(new HeadObjectCommand(this.#object(sha256))).catch((cause: unknown) => {
      if (isMissing(cause)) return null
      return refused(cause)
    })
    return found?.ContentLength === sizeBytes
  }

  /** A copy, whole and as its hash says. */
  async #fetch(sha256: string): Promise<string> {
    const bytes = await this.read(sha256)
    const file = await stageFile(bytes, { directory: this.stagingDirectory, maxBytes: Number.POSITIVE_INFINITY })
    await using _ = file
    if (file.sha256 !== sha256)
      throw new StorageError('unavailable', `The bucket holds something else under ${sha256} than was put there.`)
    await this.#keep(file)
    return blobFile(this.#root, sha256)
  }

  async #keep(file: StagedFile): Promise<void> {
    const path = blobFile(this.#root, file.sha256)
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
    await rename(file.path, path)
    await this.#makeRoom()
  }

  async #makeRoom(): Promise<void> {
    const paths = await readdir(this.#root, { recursive: true, withFileTypes: true })
    const files = await Promise.all(
      paths
        .filter((entry) => entry.isFile())
        .map(async (entry) => {
          const path = join(entry.parentPath, entry.name)
          const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: Number.POSITIVE_INFINITY }))
          return { path, size, mtimeMs }
        }),
    )
    let total = files.reduce((sum, { size }) => sum + size, 0)
    for (const { path, size, mtimeMs } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= this.#settings.cacheMaxBytes || Date.now() - mtimeMs < keptAtLeastMs) return
      await rm(path, { force: true })
      total -= size
    }
  }
}

function isMissing(cause: unknown): boolean {
  const { name, $metadata } = cause as { name?: string; $metadata?: { httpStatusCode?: number } }
  return name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404
}

function refused(cause: unknown): never {
  if (cause instanceof StorageError) throw cause
  if (isMissing(cause) && (cause as { name?: string }).name !== 'NoSuchBucket')
    throw new StorageError('not_found', 'There is no such blob.', { cause })
  throw new StorageError(
    'unavailable',
    `The object storage does not answer as it should: ${(cause as Error).message}`,
    {
      cause,
    },
  )
}
