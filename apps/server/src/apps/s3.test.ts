import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { canHaveS3Server, type S3Server, startS3Server } from '@wave-store/storage/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'
import { startTestStore } from '../testing/test-store.ts'

let server: S3Server
let environment: Record<string, string>
beforeAll(async () => {
  if (!canHaveS3Server) return
  server = await startS3Server()
  Object.assign(process.env, server.credentials)
  environment = { WAVE_STORE_S3_BUCKET: server.bucket, WAVE_STORE_S3_ENDPOINT: server.endpoint }
}, 600_000)
afterAll(() => server?.[Symbol.asyncDispose]())

describe.skipIf(!canHaveS3Server)('a store whose bundles are in S3', () => {
  it('imports, shows, hands out and launches, also when no copy is left here', async () => {
    await using world = await LifecycleWorld.open({ environment })
    const { dana, store } = world
    const bytes = await demoBundle({ name: 'in-s3' })
    const { id: appId } = await dana.importBundle(bytes)
    await rm(join(store.dataDir, 'bundles', 'cache'), { recursive: true })
    const download = (headers: Record<string, string> = {}) => dana.fetch(`/api/apps/${appId}/bundle`, { headers })
    const whole = await download()
    expect(Buffer.from(await whole.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    const part = await download({ range: 'bytes=2-5' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 2-5/${bytes.length}`)
    expect(Buffer.from(await part.arrayBuffer()).equals(Buffer.from(bytes.subarray(2, 6)))).toBe(true)
    expect((await download({ range: `bytes=${bytes.length}-` })).status).toBe(416)
    expect((await dana.client.listAppFiles({ params: { appId } })).items.length).toBeGreaterThan(0)
    const id = await world.launch(appId)
    await world.until(id, ({ status }) => status === 'DEPLOYED')
    const admin = await store.as('admin')
    const { items } = await admin.client.getHealth()
    expect(items.find(({ part: name }) => name === 'bundles')?.state).toBe('ok')
  })

  it('sends people to S3 for bundles where it may', async () => {
    await using store = await startTestStore({
      environment: { ...environment, WAVE_STORE_S3_SIGNED_DOWNLOADS: 'true' },
    })
    const dana = await store.as('dana')
    const bytes = await demoBundle({ name: 'signed' })
    const { id: appId } = await dana.importBundle(bytes)
    const sent = await dana.fetch(`/api/apps/${appId}/bundle`, { redirect: 'manual' })
    expect(sent.status).toBe(302)
    const answer = await fetch(sent.headers.get('location')!)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="signed.1.0.0.wave"')
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  })

  it('says that S3 is away, and shows nothing by half', async () => {
    const own = await startS3Server()
    Object.assign(process.env, own.credentials)
    await using store = await startTestStore({
      environment: { WAVE_STORE_S3_BUCKET: own.bucket, WAVE_STORE_S3_ENDPOINT: own.endpoint },
    })
    const dana = await store.as('dana')
    await dana.importBundle(await demoBundle({ name: 'before' }))
    await own[Symbol.asyncDispose]()
    const refused = await dana.fetch('/api/apps', {
      method: 'POST',
      body: (await demoBundle({ name: 'during' })) as Uint8Array<ArrayBuffer>,
      headers: { 'content-type': 'application/zip' },
    })
    expect(refused.status).toBe(503)
    const { items } = await dana.client.listApps({ query: { scope: 'mine' } })
    expect(items.map(({ name }) => name)).toEqual(['before'])
    const ready = await fetch(`${store.origin}/readyz`)
    expect(await ready.json()).toEqual({ status: 'failed', failed: ['bundles'] })
  })
})
