import { readdirSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import type { Runtime } from '@wave-store/runtime'
import { reaches, servingApp } from '@wave-store/runtime/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SupervisorFile } from './protocol.ts'
import { stopSupervisor } from './stop-supervisor.ts'
import { storePaths } from './store-paths.ts'
import { readNumbers } from './supervisor/cgroups/group-directory.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'
import { tracesOf } from './testing/traces.ts'

const readySites = 2
const isNamespace = /^wv\w+i\d+ \(id|^wv\w+i\d+$/

describe.skipIf(noSandboxes)('sites that are made ahead', () => {
  let bench: StoreBench
  let runtime: Runtime

  beforeEach(async () => {
    bench = new StoreBench({ readySites })
    runtime = await bench.open()
  })
  afterEach(async () => {
    await runtime[Symbol.asyncDispose]()
    await bench.dispose()
  })

  const traces = () => tracesOf(bench.dataDir, bench.options.uidRange!)
  const namespaces = () => traces().filter((it) => isNamespace.test(it))
  const areReady = () => expect.poll(() => namespaces().length, { timeout: 20_000 }).toBe(readySites)
  const supervisorFile = () =>
    JSON.parse(readFileSync(storePaths(bench.dataDir).supervisorFile, 'utf8')) as SupervisorFile

  it('are used once, under the limits and the name of their instance, and made anew', async () => {
    await areReady()
    const before = namespaces()
    const spec = bench.specOf(servingApp, { limits: { memoryBytes: 128 << 20, pids: 77 } })
    await runtime.start(spec)
    const { address } = await reaches(runtime, spec.id, 'running')
    expect((await fetch(`http://${address?.host}:${address?.port}/`)).status).toBe(200)
    await expect.poll(() => namespaces().length, { timeout: 20_000 }).toBe(readySites + 1)
    expect(namespaces()).toEqual(expect.arrayContaining(before))
    const limits = supervisorFile().groups.map((group) => readIfThere(`${group}/${spec.id}/pids.max`))
    expect(limits.filter(Boolean)).toEqual(['77\n'])

    await runtime.stop(spec.id, { data: 'delete', graceMs: 1000 })
    await areReady()
    expect(namespaces()).not.toEqual(before)
    expect(traces().filter((it) => it.includes(spec.id))).toEqual([])
  })

  it('serve as many launches at once as there are, and more are made for the rest', async () => {
    await areReady()
    const specs = Array.from({ length: readySites + 2 }, () => bench.specOf(servingApp))
    await Promise.all(specs.map((spec) => runtime.start(spec)))
    const seen = await Promise.all(specs.map(({ id }) => reaches(runtime, id, 'running')))
    expect(new Set(seen.map(({ address }) => address?.host)).size).toBe(specs.length)
    await Promise.all(specs.map(({ id }) => runtime.stop(id, { data: 'delete', graceMs: 1000 })))
  })

  it('bring the machine no new address, which its browsers would take for another network', async () => {
    await areReady()
    const addresses = () =>
      Object.values(networkInterfaces()).flatMap((some = []) => some.map(({ address }) => address))
    const before = addresses()
    const spec = bench.specOf(servingApp)
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')
    await expect.poll(() => namespaces().length, { timeout: 20_000 }).toBe(readySites + 1)
    // Other files of tests have networks too, for a moment; one of this instance's would stay.
    const added = () => addresses().filter((address) => !before.includes(address))
    await expect.poll(added, { timeout: 20_000 }).toEqual([])
    await runtime.stop(spec.id, { data: 'delete', graceMs: 1000 })
  })

  it('go with the supervisor', async () => {
    await areReady()
    await runtime[Symbol.asyncDispose]()
    await stopSupervisor(bench.dataDir)
    expect(traces()).toEqual([])
  })

  it('go with a supervisor that was killed, at the latest when another one begins', async () => {
    await areReady()
    const waiting = supervisorFile().groups.flatMap(processesBelow)
    expect(waiting.length).toBeGreaterThanOrEqual(readySites)
    process.kill(supervisorFile().pid, 'SIGKILL')
    await expect.poll(() => runtime.inspect().catch(() => undefined), { timeout: 20_000 }).toEqual([])
    await areReady()
    expect(waiting.filter(isAlive)).toEqual([])
  })
})

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function processesBelow(group: string): number[] {
  return readdirSync(group, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readNumbers(`${group}/${name}/cgroup.procs`))
}

/** One that has ended holds nothing, also while the machine's first process has yet to take note. */
function isAlive(pid: number): boolean {
  return /^State:\s+[^ZX]/m.test(readIfThere(`/proc/${pid}/status`) ?? '')
}
