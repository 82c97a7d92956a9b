import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { InstanceSpec, ObservedInstance } from '@wave-store/runtime'
import { servingApp } from '@wave-store/runtime/testing'
import { afterEach, describe, expect, it } from 'vitest'
import type { ProcessRuntimeOptions } from '../options.ts'
import { instancePaths, storePaths } from '../store-paths.ts'
import { noSandboxes } from '../testing/skip.ts'
import { SmallDisk } from '../testing/small-disk.ts'
import { StoreBench } from '../testing/store-bench.ts'
import { examineMachine, type Machine } from './machine.ts'
import { Supervisor } from './supervisor.ts'

const tellingApp = `
import os
print(open('/proc/self/status').read())
print('root', sorted(os.listdir('/')))
print('here', os.getcwd(), os.environ['HOME'], os.path.exists('/resources/bin/python'), flush=True)
${servingApp}`

describe.skipIf(noSandboxes)('a supervisor on a machine of less', () => {
  let bench: StoreBench
  let disk: SmallDisk
  let supervisor: Supervisor
  let whole: Machine

  const open = async (
    changes: Partial<Machine>,
    allowUnsandboxed = false,
    options: Partial<ProcessRuntimeOptions> = {},
  ) => {
    bench = new StoreBench({ allowUnsandboxed, ...options })
    disk = new SmallDisk(bench.dataDir, 128 << 20)
    const store = storePaths(bench.dataDir)
    supervisor = await Supervisor.open(store, { ...bench.options, gatewayUid: 0 }, async (...args) => {
      whole = await examineMachine(...args)
      return { ...whole, ...changes }
    })
  }
  afterEach(async () => {
    await supervisor.close(1000)
    // What was found on the machine, and kept from the supervisor.
    if (!supervisor.machine.networks) await whole.networks?.removeAll()
    if (!supervisor.machine.cgroups) whole.cgroups?.removeParents()
    disk.remove()
    await bench.dispose()
  })

  const running = async (spec: InstanceSpec): Promise<ObservedInstance> => {
    supervisor.start(spec)
    for (;;) {
      const seen = supervisor.instances.inspect().find(({ id }) => id === spec.id)
      if (seen?.phase === 'running') return seen
      if (seen?.phase === 'exited') throw new Error(`It ended: ${JSON.stringify(seen.exit)}`)
      await delay(5)
    }
  }
  const logOf = ({ id }: InstanceSpec) => readFileSync(instancePaths(storePaths(bench.dataDir), id).currentLog, 'utf8')

  it('without user namespaces still gives each app a user and a sandbox', async () => {
    await open({ sandbox: { userNamespaces: false, disableUserns: false } })
    expect(supervisor.capabilities.isolation).toBe('full')
    const spec = bench.specOf(tellingApp)
    const { address } = await running(spec)
    expect((await fetch(`http://${address?.host}:${address?.port}/`)).status).toBe(200)
    const log = logOf(spec)
    const { first, count } = bench.options.uidRange!
    const uid = Number(/^Uid:\s+(\d+)/m.exec(log)?.[1])
    expect(uid).toBeGreaterThanOrEqual(first)
    expect(uid).toBeLessThan(first + count)
    expect(log).toMatch(/^CapEff:\s+0+$/m)
    expect(log).toMatch(/^NoNewPrivs:\s+1$/m)
    expect(log).toMatch(/^Seccomp:\s+2$/m)
    expect(log).not.toMatch(/'(root|var|run)'/)
    await supervisor.instances.stop(spec.id, { data: 'delete', graceMs: 1000 })
  })

  it('without a sandbox refuses apps', async () => {
    await open({ sandbox: null })
    expect(supervisor.capabilities.isolation).toBe('none')
    expect(() => supervisor.start(bench.specOf(servingApp))).toThrow(/unless the operator allows it/)
    expect(supervisor.instances.inspect()).toEqual([])
  })

  it('without a sandbox runs apps when the operator says so, and warns', async () => {
    await open({ sandbox: null }, true)
    expect(supervisor.capabilities).toMatchObject({
      isolation: 'none',
      advice: expect.stringContaining('without a sandbox'),
    })
    const spec = bench.specOf(tellingApp)
    const { address } = await running(spec)
    expect((await fetch(`http://${address?.host}:${address?.port}/`)).status).toBe(200)
    expect(logOf(spec)).toMatch(/here \S+\/scratch\/app \S+\/scratch\/home False/)
    await supervisor.instances.stop(spec.id, { data: 'delete', graceMs: 1000 })
    expect(supervisor.instances.inspect()).toEqual([])
  })

  it('without a sandbox refuses a volume, as its path would be the machine’s', async () => {
    await open({ sandbox: null }, true)
    const spec = bench.specOf(servingApp, { volume: { path: '/data', sizeBytes: 1 } })
    expect(() => supervisor.start(spec)).toThrow('Without a sandbox there is no volume at /data.')
  })

  it('without a network for each app shares the machine’s, and says so', async () => {
    const networks = { networks: null, advice: ['Apps share the network of this machine.'] }
    await open(networks)
    expect(supervisor.capabilities).toMatchObject({
      isolation: 'shared',
      advice: expect.stringContaining('share the network'),
    })
    const port = 20_000 + (process.pid % 10_000)
    const spec = bench.specOf(servingApp, {
      entry: { mode: 'python', module: 'app', port, args: [] },
      env: { PROBE_PORT: String(port) },
    })
    expect((await running(spec)).address).toEqual({ host: '127.0.0.1', port })
    await supervisor.instances.stop(spec.id, { data: 'delete', graceMs: 1000 })
  })

  it('without disk images measures volumes, and ends an app whose volume grows beyond its size', async () => {
    await open({ images: false }, false, { scratchMaxBytes: 4 << 20 })
    expect(supervisor.capabilities.limits.disk).toBe('measured')
    const writing = `open('/data/file', 'wb').write(os.urandom(24 << 20))`
    const app = servingApp.replace(`print('ready'`, `${writing}\nprint('ready'`)
    const spec = bench.specOf(app, { volume: { path: '/data', sizeBytes: 8 << 20 } })
    supervisor.start(spec)
    const seen = () => supervisor.instances.inspect().find(({ id }) => id === spec.id)
    await expect.poll(() => seen()?.exit?.message, { timeout: 30_000 }).toMatch(/^The volume \/data holds 24 MiB/)
    expect(seen()?.exit?.reason).toBe('disk_full')
  })

  it('without control groups still counts what an app uses', async () => {
    await open({ cgroups: null })
    const spec = bench.specOf(`import time\nwhile time.process_time() < 0.3: pass\n${servingApp}`)
    await running(spec)
    const [used] = supervisor.stats()
    expect(used).toMatchObject({ id: spec.id, generation: 1 })
    expect(used?.cpuMs).toBeGreaterThan(200)
    expect(used?.memoryBytes).toBeGreaterThan(4 << 20)
    expect(used?.processes).toBeGreaterThan(1)
  })

  it('without control groups still ends all of an app', async () => {
    await open({ cgroups: null })
    const spec = bench.specOf(
      `import subprocess\nsubprocess.Popen(['sleep', '987'], start_new_session=True)\n${servingApp}`,
    )
    await running(spec)
    await supervisor.instances.stop(spec.id, { data: 'delete', graceMs: 0 })
    expect(supervisor.instances.inspect()).toEqual([])
  })
})
