import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startS3Server } from '@wave-store/storage/testing'
import { expect, it } from 'vitest'
import { readConfig } from '../config/read-config.ts'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore } from '../testing/test-store.ts'
import { moveStore } from './move-store.ts'

it('bundles that are moved into a bucket are read from there, also when moving was repeated', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'wave-move-'))
  await using server = await startS3Server()
  Object.assign(process.env, server.credentials)
  const s3 = { WAVE_STORE_S3_BUCKET: server.bucket, WAVE_STORE_S3_ENDPOINT: server.endpoint }
  const bytes = await demoBundle()
  let id = ''
  {
    await using store = await startTestStore({ dataDir })
    ;({ id } = await (await store.as('dana')).importBundle(bytes))
  }
  const config = readConfig({ WAVE_STORE_DATA_DIR: dataDir, ...s3 }, '/')
  for (const _round of ['once', 'again']) expect((await moveStore(config)).blobs).toBeGreaterThan(0)
  for (const name of await readdir(join(dataDir, 'bundles')))
    await rm(join(dataDir, 'bundles', name), { recursive: true })
  await using store = await startTestStore({ dataDir, environment: s3 })
  const bundle = await (await store.as('dana')).fetch(`/api/apps/${id}/bundle`)
  expect(Buffer.from(await bundle.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  await rm(dataDir, { recursive: true, force: true })
})
