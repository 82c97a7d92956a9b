import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { askableApp, observed, reaches, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClusterBench, testCluster } from './testing/cluster-bench.ts'
import { startFaultyApi } from './testing/faulty-api.ts'

/** As the store does: what is unavailable is asked for again. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if ((error as { code?: string }).code !== 'unavailable') throw error
    }
  }
}

describe.skipIf(!testCluster)('what goes wrong around instances on Kubernetes', () => {
  let bench: ClusterBench
  beforeAll(async () => {
    bench = await ClusterBench.create()
  })
  afterAll(() => bench?.dispose())

  const podsOf = async (id: string) => {
    const { namespace } = bench.options
    const labelSelector = `wave-store.io/instance=${id}`
    return (await bench.core.listNamespacedPod({ namespace, labelSelector })).items
  }

  it('doubles and loses nothing where the API fails for half of the calls, half of which have taken effect', async () => {
    await using api = await startFaultyApi(testCluster!)
    await using runtime = await bench.openWith({ kubeconfig: api.kubeconfig })
    api.share = 0.5
    const specs = await Promise.all([1, 2, 3, 4].map(() => bench.spec({ does: 'counts' })))
    await Promise.all(specs.map((spec) => patiently(() => runtime.start(spec))))
    for (const { id } of specs) await reaches(runtime, id, 'running')
    for (const { id } of specs) expect(await podsOf(id)).toHaveLength(1)
    await Promise.all(specs.map(({ id }) => patiently(() => runtime.stop(id, { data: 'keep', graceMs: 0 }))))
    await Promise.all(specs.map((spec) => patiently(() => runtime.start({ ...spec, generation: 2 }))))
    for (const { id } of specs) await reaches(runtime, id, 'running', 2)
    for (const { id } of specs) expect(await textOf(runtime, id)).toContain('count 2\n')
    await Promise.all(specs.map(({ id }) => patiently(() => runtime.stop(id, { data: 'delete', graceMs: 0 }))))
    for (const { id } of specs) expect(await podsOf(id)).toEqual([])
    expect(api.faults.answered).toBeGreaterThan(50)
    expect(api.faults.effective).toBeGreaterThan(20)
  })

  it('sees what happens while the watch is cut, and tells of it', async () => {
    await using api = await startFaultyApi(testCluster!)
    await using runtime = await bench.openWith({ kubeconfig: api.kubeconfig })
    const spec = bench.specs.specOf(askableApp)
    let told = Promise.withResolvers<void>()
    runtime.onChange!(() => told.resolve())
    const cutting = setInterval(() => api.cutWatches(), 150)
    await runtime.start(spec)
    while ((await observed(runtime, spec.id))?.phase !== 'running') {
      await told.promise
      told = Promise.withResolvers()
    }
    clearInterval(cutting)
    expect(api.faults.watchesCut).toBeGreaterThan(1)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('tells that a pod was taken away by somebody else', async () => {
    await using runtime = await bench.open()
    const spec = { ...bench.specs.specOf(askableApp), volume: { path: '/data', sizeBytes: 1 << 20 } }
    const { ask } = await startAskable(runtime, spec)
    await ask(`open('/data/x', 'w').write('kept'); result = None`)
    const [pod] = await podsOf(spec.id)
    await bench.core.deleteNamespacedPod({ name: pod!.metadata!.name!, namespace: bench.options.namespace })
    await expect
      .poll(async () => {
        const seen = await observed(runtime, spec.id)
        return seen === undefined || seen.exit?.reason === 'lost'
      })
      .toBe(true)
    const { ask: again } = await startAskable(runtime, { ...spec, generation: 2 })
    expect(await again(`result = open('/data/x').read()`)).toBe('kept')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('goes on when a server is killed, for the next one to find', async () => {
    const spec = bench.specs.specOf(askableApp)
    const program = fileURLToPath(new URL('./testing/start-and-hold.ts', import.meta.url))
    const source = bench.options.bundleSource(spec.bundle)
    const options = JSON.stringify({ options: bench.options, spec, source })
    const server = spawn(process.execPath, [program, options], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(server.stdout!, 'data')
    server.kill('SIGKILL')
    await once(server, 'exit')
    await using runtime = await bench.open()
    expect(await observed(runtime, spec.id)).toMatchObject({ generation: 1, phase: 'running' })
    expect(await textOf(runtime, spec.id)).toContain('starts as python3 -m app')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    expect(await observed(runtime, spec.id)).toBeUndefined()
  })

  it('is one process where two servers ask for the same start at once', async () => {
    await using first = await bench.open()
    await using second = await bench.open()
    const spec = await bench.spec({ does: 'counts' })
    await Promise.all([first.start(spec), second.start(spec)])
    await reaches(first, spec.id, 'running')
    await reaches(second, spec.id, 'running')
    expect(await podsOf(spec.id)).toHaveLength(1)
    expect(await textOf(second, spec.id)).toContain('count 1\n')
    await Promise.all([first, second].map((runtime) => runtime.stop(spec.id, { data: 'delete', graceMs: 0 })))
    expect(await podsOf(spec.id)).toEqual([])
  })
})
