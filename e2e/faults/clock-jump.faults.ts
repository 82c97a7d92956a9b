import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instance } from '@wave-store/contract'
import { eventually, manifestText, type RealStore, startRealStore } from '@wave-store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiPerson, signInToApi } from '../api-person.ts'

const hour = 3600
const app = `
import http.server
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), http.server.SimpleHTTPRequestHandler).serve_forever()
`

let store: RealStore
let clock: { jump: (seconds: number) => Promise<void>; folder: string }

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wave-store-clock-'))
  const file = join(folder, 'offset')
  clock = { folder, jump: (seconds) => writeFile(file, `${seconds < 0 ? '' : '+'}${seconds}\n`) }
  await clock.jump(0)
  store = await startRealStore({
    WAVE_STORE_SAMPLES: 'false',
    WAVE_STORE_IDLE_MINUTES: '60',
    // The date that processes see is the file's; the time that goes by stays the machine's.
    LD_PRELOAD: fakeTimeLibrary(),
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  })
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await rm(clock.folder, { recursive: true })
})

function fakeTimeLibrary(): string {
  const { stdout } = spawnSync('dpkg', ['-L', 'libfaketime'], { encoding: 'utf8' })
  const library = stdout.split('\n').find((path) => path.endsWith('/libfaketime.so.1'))
  if (!library) throw new Error('This needs faketime: apt-get install faketime')
  return library
}

let made = 0

/** A whole launch goes through every part of the loop, so that whatever a jump does to running instances has been done. */
async function launch({ client, importBundle }: ApiPerson): Promise<Instance> {
  made += 1
  const runtime = 'AppMode = "python"\nModule = "app"\nPort = 8000'
  const bundle = { manifest: manifestText({ name: `clock-${made}`, runtime }), files: { 'app.py': app } }
  const { id } = await client.launchInstance({ body: { appId: (await importBundle(bundle)).id } })
  return eventually(async () => {
    const instance = await client.getInstance({ params: { instanceId: id } })
    expect(instance.status).toBe('DEPLOYED')
    return instance
  })
}

it('leaves instances alone when the date jumps three hours ahead, and back again', async () => {
  const dana = await signInToApi(store.origin, 'dana')
  const first = await launch(dana)
  await clock.jump(3 * hour)
  const second = await launch(dana)
  expect(Date.parse(second.createdAt) - Date.parse(first.createdAt)).toBeGreaterThan(2 * hour * 1000)
  await clock.jump(-3 * hour)
  const third = await launch(dana)
  expect(Date.parse(third.createdAt)).toBeLessThan(Date.parse(first.createdAt))
  await clock.jump(0)
  await launch(dana)

  const { items } = await dana.client.listInstances({})
  expect(items.map(({ status, restarts, suspension }) => ({ status, restarts, suspension }))).toEqual(
    items.map(() => ({ status: 'DEPLOYED', restarts: 0, suspension: null })),
  )
  expect(items).toHaveLength(4)
})

it('suspends, wakes and restarts while the date is another', async () => {
  const dana = await signInToApi(store.origin, 'dana')
  const { id: instanceId } = await launch(dana)
  await clock.jump(-5 * hour)
  await dana.client.suspendInstance({ params: { instanceId } })
  await eventually(async () => {
    const { status, phase } = await dana.client.getInstance({ params: { instanceId } })
    expect({ status, phase }).toEqual({ status: 'SUSPENDED', phase: 'exited' })
  })
  await clock.jump(5 * hour)
  await dana.client.resumeInstance({ params: { instanceId } })
  await eventually(async () => {
    expect((await dana.client.getInstance({ params: { instanceId } })).status).toBe('DEPLOYED')
  })
  await clock.jump(0)
})
