import { readFile } from 'node:fs/promises'
import { freePort } from '@wave-store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LifecycleWorld } from '../testing/lifecycle-world.ts'

let world: LifecycleWorld
let url: string
beforeAll(async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  world = await LifecycleWorld.open({ environment: { WAVE_STORE_METRICS_PORT: String(port) } })
})
afterAll(() => world?.[Symbol.asyncDispose]())

const text = async () => (await fetch(`${url}/metrics`)).text()
const read = async (series: string) => {
  const line = (await text()).split('\n').find((each) => each.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length))
}

it('tells what there is, what was asked for, how long starts took and what failed', async () => {
  const id = await world.launch(await world.app())
  await world.until(id, ({ status }) => status === 'DEPLOYED')
  expect(await read('wave_store_instances{state="deployed"}')).toBe(1)
  expect(await read('wave_store_memory_reserved_bytes')).toBe(128 << 20)
  expect(await read('wave_store_is_controller')).toBe(1)
  expect(await read('wave_store_start_duration_seconds_count')).toBe(1)
  expect(await read('wave_store_http_request_duration_seconds_count{for="store",status="2xx"}')).toBeGreaterThan(2)
  world.runtime.exit(id, { reason: 'exited', message: 'It ended.', code: 1 })
  await world.until(id, ({ restarts, status }) => restarts > 0 || status === 'FAILED')
  expect(await read('wave_store_instance_failures_total{reason="exited"}')).toBe(1)
})

it('is at its own port alone, and there at one address', async () => {
  expect((await fetch(`${url}/`)).status).toBe(404)
  expect((await fetch(`${world.store.origin}/metrics`)).headers.get('content-type')).toContain('text/html')
})

it('has every metric that the dashboard asks for', async () => {
  const board = await readFile(new URL('../../../../deploy/grafana/wave-app-store.json', import.meta.url), 'utf8')
  const asked = new Set(board.match(/(wave_store|process)_\w+(?=[{[])/g))
  const told = await text()
  expect(asked.size).toBeGreaterThan(8)
  for (const name of asked) expect(told, name).toContain(`# HELP ${name.replace(/_(bucket|count)$/, '')} `)
})
