import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import path from 'node:path'
import type { Runtime } from '@wave-store/runtime'
import { askableApp, reaches, startAskable } from '@wave-store/runtime/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { storePaths } from './store-paths.ts'
import type { Cgroup, Cgroups, GroupLimits } from './supervisor/cgroups/cgroups.ts'
import { openCgroups } from './supervisor/cgroups/open-cgroups.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'
import { tracesOf } from './testing/traces.ts'

const cgroup2Magic = 0x63677270
const noUnifiedGroups =
  noSandboxes ?? (statfsSync('/sys/fs/cgroup').type === cgroup2Magic ? undefined : 'needs cgroup2')
const read = (...parts: string[]) => readFileSync(path.join(...parts), 'utf8').trim()

describe.skipIf(noUnifiedGroups)('an instance on the unified hierarchy', () => {
  let bench: StoreBench
  let runtime: Runtime

  beforeAll(async () => {
    bench = new StoreBench()
    runtime = await bench.open()
  })
  afterAll(async () => {
    await runtime?.[Symbol.asyncDispose]()
    await bench?.dispose()
  })

  const parentGroup = () => {
    const { groups } = JSON.parse(read(storePaths(bench.dataDir).supervisorFile)) as { groups: string[] }
    expect(groups).toHaveLength(1)
    return groups[0]!
  }

  it('is limited in memory, processes and processor', async () => {
    expect(await runtime.capabilities()).toMatchObject({ advice: '', limits: { memory: true, pids: true, cpu: true } })
  })

  it('is in a group of its own, which says its limits', async () => {
    const spec = bench.specOf(askableApp, { limits: { memoryBytes: 128 << 20, pids: 50, cpuMillis: 1500 } })
    await startAskable(runtime, spec)
    const group = path.join(parentGroup(), spec.id)
    expect(read(group, 'memory.max')).toBe(String(128 << 20))
    expect(read(group, 'memory.oom.group')).toBe('1')
    expect(read(group, 'pids.max')).toBe('50')
    expect(read(group, 'cpu.max')).toBe('150000 100000')
    if (existsSync(path.join(group, 'memory.swap.max'))) expect(read(group, 'memory.swap.max')).toBe('0')
    expect(read(group, 'cgroup.procs').split('\n').length).toBeGreaterThan(2)

    await runtime.stop(spec.id, { data: 'delete', graceMs: 1000 })
    expect(existsSync(group)).toBe(false)
  })

  it('sees itself in the root of a hierarchy', async () => {
    const spec = bench.specOf(askableApp)
    const { ask } = await startAskable(runtime, spec)
    expect(await ask(`result = open('/proc/self/cgroup').read()`)).toBe('0::/\n')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 1000 })
  })

  it('ends as a whole and is named out of memory when a process of it takes too much', async () => {
    const spec = bench.specOf(askableApp, { limits: { memoryBytes: 96 << 20, pids: 64 } })
    const { ask } = await startAskable(runtime, spec)
    await ask(`import subprocess\nsubprocess.Popen(['/usr/bin/python3', '-c', 'held = bytearray(512 << 20)'])`)
    const { exit } = await reaches(runtime, spec.id, 'exited')
    expect(exit).toMatchObject({
      reason: 'out_of_memory',
      message: 'The app used more memory than its limit of 96 MiB.',
    })
    expect(existsSync(path.join(parentGroup(), spec.id))).toBe(false)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('leaves no group, nor does the store', async () => {
    const other = new StoreBench()
    const first = await other.open()
    await startAskable(first, other.specOf(askableApp))
    await first[Symbol.asyncDispose]()
    await other.dispose()
    expect(tracesOf(other.dataDir, other.options.uidRange!)).toEqual([])
  })
})

describe.skipIf(noUnifiedGroups)('a group of the unified hierarchy', () => {
  let groups: Cgroups
  let group: Cgroup | undefined
  beforeAll(() => {
    groups = openCgroups(`wave-store-test-${randomUUID()}`)!
  })
  afterEach(async () => {
    await group?.remove()
    group = undefined
  })
  afterAll(() => groups?.removeParents())

  const create = (limits: Partial<GroupLimits> = {}) => {
    group = groups.create('app', { memoryBytes: 64 << 20, pids: 64, ...limits })
    return { group, directory: path.dirname(group.joinFiles[0]!) }
  }
  /** Runs a script of the shell in the group, in a session of its own. */
  const join = (into: Cgroup, script: string) =>
    spawn('sh', ['-c', `echo $$ > ${into.joinFiles[0]}\n${script}`], { stdio: 'ignore', detached: true })

  it('is ended by the kernel with all of its processes when memory runs out', async () => {
    const { group, directory } = create()
    const waiting = join(group, 'sleep 1000')
    await expect.poll(() => group.pids().length).toBe(2)
    join(group, `exec /usr/bin/python3 -c 'held = bytearray(512 << 20)'`)
    expect(await once(waiting, 'exit')).toEqual([null, 'SIGKILL'])
    await expect.poll(() => group.pids()).toEqual([])
    expect(read(directory, 'memory.events')).toMatch(/^oom_group_kill 1$/m)
    expect(group.oomKills()).toBeGreaterThan(1)
  })

  it('is slowed down at its share of the processor', async () => {
    const { group, directory } = create({ cpuMillis: 100 })
    join(group, 'while true; do :; done')
    await expect.poll(() => read(directory, 'cpu.stat'), { timeout: 30_000 }).toMatch(/^nr_throttled [1-9]/m)
    group.kill()
  })

  it('is empty after it was killed, however fast its processes make new ones', async () => {
    const { group, directory } = create()
    join(group, 'fork() { fork & fork & }\nfork\nsleep 1000')
    await expect.poll(() => read(directory, 'pids.events')).toMatch(/^max [1-9]/m)
    group.kill()
    await group.remove()
    expect(existsSync(directory)).toBe(false)
  })

  it('is beside those that hold processes, as one that does cannot have limited ones below', () => {
    const [parent] = groups.parents
    const above = path.dirname(parent!)
    const isRoot = !existsSync(path.join(above, 'cgroup.type'))
    expect(read(parent!, 'cgroup.subtree_control').split(' ').sort()).toEqual(['cpu', 'memory', 'pids'])
    if (!isRoot) expect(read(above, 'cgroup.procs')).toBe('')
    const own = /^0::(.*)$/m.exec(read('/proc/self/cgroup'))![1]!
    const mount = execFileSync('findmnt', ['-n', '-o', 'TARGET', '-t', 'cgroup2'], { encoding: 'utf8' }).trim()
    expect(above).toBe(own === '/' ? mount : path.dirname(path.join(mount, own)))
  })
})
