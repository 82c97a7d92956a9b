import { join } from 'node:path'
import { type BlobStore, FileBlobStore } from '@wave-store/storage'
import type { Config } from './config/config.ts'

/** Where bundles are kept. The client of object storage is loaded where it is used. */
export async function openBlobs({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>): Promise<BlobStore> {
  const root = join(dataDir, 'bundles')
  if (s3 === null) return FileBlobStore.open(root)
  const { S3BlobStore } = await import('@wave-store/storage/s3')
  return S3BlobStore.open(root, s3)
}
