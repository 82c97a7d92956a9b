import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type Client, createClient } from '@wave-store/client'
import { noSandboxes } from '@wave-store/runtime-process/testing/skip'
import { kindsOf } from '@wave-store/runtime-process/testing/trace-kinds'
import { tracesOf } from '@wave-store/runtime-process/testing/traces'
import { eventually, type RealStore, signIn, startRealStore } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const cycles = 500
const warmUp = 50
const atOnce = 4
const launches = 100

describe.skipIf(noSandboxes)('real processes', () => {
  let store: RealStore
  let client: Client
  let appId: string
  beforeAll(async () => {
    store = await startRealStore({
      WAVE_STORE_LAUNCHES_PER_MINUTE: '100000',
      WAVE_STORE_INSTANCES_PER_USER: '1000',
      WAVE_STORE_MEMORY_OVERCOMMIT_PERCENT: '10000',
    })
    const cookies = await signIn(store.origin, 'dana')
    client = createClient({ baseUrl: store.origin, headers: { cookie: String(cookies) } })
    appId = (await client.listApps({ query: { search: 'wave.samples.hello' } })).items[0]!.id
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const launch = async () => (await client.launchInstance({ body: { appId } })).id
  const terminate = (instanceId: string) => client.terminateInstance({ params: { instanceId } })
  const deployed = (instanceId: string) =>
    eventually(async () => {
      const { failure, status } = await client.getInstance({ params: { instanceId } })
      if (status !== 'DEPLOYED') throw new Error(`${status} ${failure?.message}`)
    }, 120_000)
  const none = () => eventually(async () => expect((await client.listInstances({})).items).toEqual([]), 120_000)

  it('five hundred starts and stops leave nothing', async () => {
    const cycle = async () => {
      const id = await launch()
      await deployed(id)
      await terminate(id)
    }
    const begun = performance.now()
    await run(warmUp, cycle)
    await none()
    const before = holdings(store)
    await run(cycles - warmUp, cycle)
    await none()
    const after = holdings(store)
    console.log(`${cycles} cycles in ${Math.round((performance.now() - begun) / 1000)} s`, before, after)
    // Spare networks are made anew a moment later.
    await eventually(() => expect(holdings(store).traces).toEqual(before.traces))
    expect(after.instances).toEqual([])
    for (const [name, { fileDescriptors, mebibytes }] of Object.entries(after.processes)) {
      expect(fileDescriptors).toBeLessThanOrEqual(before.processes[name]!.fileDescriptors + 4)
      expect(mebibytes).toBeLessThan(before.processes[name]!.mebibytes * 1.5 + 32)
    }
  })

  it('a hundred launches at one moment all come up, while the store answers', async () => {
    const asked = Promise.all(Array.from({ length: launches }, launch))
    const looks: number[] = []
    const ids = await asked
    const all = Promise.all(ids.map(deployed)).then(() => true)
    while (!(await Promise.race([all, new Promise<false>((resolve) => setTimeout(resolve, 500, false))]))) {
      const begun = performance.now()
      await client.listInstances({})
      looks.push(performance.now() - begun)
    }
    console.log(`${looks.length} looks meanwhile, the longest ${Math.round(Math.max(...looks))} ms`)
    for (const id of ids) await terminate(id)
    await none()
  })
})

async function run(times: number, work: () => Promise<void>): Promise<void> {
  let left = times
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await work()
    }),
  )
}

function holdings({ dataDir, pid }: RealStore) {
  const traces = tracesOf(dataDir, { first: 0, count: 0 })
  const supervisor = traces.map((line) => /^process (\d+) .*supervisor\/main\.ts/.exec(line)?.[1]).find(Boolean)
  const instances = `${dataDir}/runtime/instances`
  return {
    traces: kindsOf(traces),
    instances: existsSync(instances) ? readdirSync(instances) : [],
    processes: { server: usageOf(pid()), supervisor: usageOf(Number(supervisor)) } as Record<
      string,
      ReturnType<typeof usageOf>
    >,
  }
}

function usageOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    fileDescriptors: readdirSync(`/proc/${pid}/fd`).length,
    mebibytes: Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)![1]) / 1024),
  }
}
