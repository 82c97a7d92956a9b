import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let dana: TestPerson
let bytes: Buffer
let path: string
beforeAll(async () => {
  store = await startTestStore()
  dana = await store.as('dana')
  bytes = Buffer.from(await demoBundle())
  path = `/api/apps/${(await dana.importBundle(bytes)).id}/bundle`
})
afterAll(() => store[Symbol.asyncDispose]())

it.each([
  ['bytes=2-5', 2, 6],
  ['bytes=100-', 100, undefined],
  ['bytes=-7', -7, undefined],
])('answers the range %s', async (range, start, end) => {
  const answer = await dana.fetch(path, { headers: { range } })
  const part = bytes.subarray(start, end)
  expect(answer.status).toBe(206)
  const first = start < 0 ? bytes.length + start : start
  expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${first + part.length - 1}/${bytes.length}`)
  expect(Buffer.from(await answer.arrayBuffer()).equals(part)).toBe(true)
})

it.each(['bytes=0-1,4-5', 'lines=1-2', 'bytes=x'])('answers everything to the range %s', async (range) => {
  const answer = await dana.fetch(path, { headers: { range } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-length')).toBe(String(bytes.length))
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
})

it('refuses a range behind the end, and says where that is', async () => {
  const answer = await dana.fetch(path, { headers: { range: `bytes=${bytes.length}-` } })
  expect(answer.status).toBe(416)
  expect(answer.headers.get('content-range')).toBe(`bytes */${bytes.length}`)
})
