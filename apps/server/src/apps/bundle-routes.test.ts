import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let bytes: Buffer
let sha256: string
beforeAll(async () => {
  store = await startTestStore()
  bytes = Buffer.from(await demoBundle())
  sha256 = createHash('sha256').update(bytes).digest('hex')
  await (await store.as('dana')).importBundle(bytes)
})
afterAll(() => store[Symbol.asyncDispose]())

const sourceOf = (digest: string) => {
  const { bundlePasses, config } = store.store.context
  return bundlePasses.sourceOf(digest, { at: new URL(store.origin), publicUrl: config.publicUrl })
}

it('gives a bundle to whom the store has told of it', async () => {
  const { url, headers } = sourceOf(sha256)
  const answer = await fetch(url, { headers })
  expect(answer.status).toBe(200)
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
})

it('opens no other one by the same pass, and none without', async () => {
  const { headers } = sourceOf('0'.repeat(64))
  const { pathname } = new URL(sourceOf(sha256).url)
  for (const given of [headers, {}, { authorization: 'Bearer x' }])
    expect((await fetch(store.origin + pathname, { headers: given })).status).toBe(404)
})

it('says that there is none where there is none', async () => {
  const { url, headers } = sourceOf('0'.repeat(64))
  expect((await fetch(url, { headers })).status).toBe(404)
})

it('sends those who come by another address with the name that the store answers to', () => {
  const { bundlePasses } = store.store.context
  const source = bundlePasses.sourceOf(sha256, {
    at: new URL('http://wave-store.wave.svc:8080'),
    publicUrl: new URL('https://apps.example.com'),
  })
  expect(source).toMatchObject({
    url: `http://wave-store.wave.svc:8080/internal/bundles/${sha256}`,
    headers: { host: 'apps.example.com' },
  })
})
