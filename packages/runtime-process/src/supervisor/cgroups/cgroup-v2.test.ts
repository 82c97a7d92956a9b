import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openCgroups } from './open-cgroups.ts'

/** A directory tree that looks as the kernel's does; what the kernel does itself is in `unified-groups.test.ts`. */
let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cgroup2-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const group = (name: string, files: Record<string, string>) => {
  const directory = path.join(root, name)
  mkdirSync(directory, { recursive: true })
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(directory, file), content)
  return directory
}
const facts = (own: string) => ({ membership: `0::${own}\n`, mounts: `cgroup2 ${root} cgroup2 rw,nosuid 0 0\n` })
const controllers = { 'cgroup.controllers': 'cpuset cpu io memory pids\n', 'cgroup.subtree_control': 'memory pids\n' }
const read = (...parts: string[]) => readFileSync(path.join(root, ...parts), 'utf8')

it('makes its group in the root when its own holds processes, and enables what is missing', () => {
  group('.', { ...controllers, 'cgroup.procs': '1\n' })
  group('user.slice', { 'cgroup.type': 'domain\n', 'cgroup.procs': `${process.pid}\n` })
  group('wave-store-1', { ...controllers, 'cgroup.subtree_control': '' })

  const cgroups = openCgroups('wave-store-1', facts('/user.slice'))
  expect(cgroups).toMatchObject({ version: 2, limits: { memory: true, pids: true, cpu: true } })
  expect(cgroups?.parents).toEqual([path.join(root, 'wave-store-1')])
  expect(read('cgroup.subtree_control')).toBe('+cpu')
  expect(read('wave-store-1', 'cgroup.subtree_control')).toBe('+memory +pids +cpu')
})

it('makes its group beside the leaf that it was put into, where that is delegated', () => {
  group('.', { 'cgroup.controllers': '', 'cgroup.subtree_control': '' })
  group('store.service', { ...controllers, 'cgroup.type': 'domain\n', 'cgroup.procs': '' })
  group('store.service/server', { 'cgroup.type': 'domain\n', 'cgroup.procs': `${process.pid}\n` })
  group('store.service/wave-store-1', { ...controllers, 'cgroup.subtree_control': '' })
  expect(openCgroups('wave-store-1', facts('/store.service/server'))?.parents).toEqual([
    path.join(root, 'store.service', 'wave-store-1'),
  ])
})

it('has none where nothing can be enabled', () => {
  group('.', { ...controllers, 'cgroup.type': 'domain\n', 'cgroup.procs': '1\n' })
  expect(openCgroups('wave-store-1', facts('/'))).toBeNull()
})

it('limits memory without swap, processes and processor, and reads the kernel’s count of kills', () => {
  group('.', { ...controllers, 'cgroup.procs': '' })
  const parent = group('wave-store-1', { ...controllers, 'cgroup.subtree_control': '' })
  group('wave-store-1/app', {
    'memory.swap.max': 'max\n',
    'memory.events': 'low 0\nmax 3\noom 1\noom_kill 2\noom_group_kill 1\n',
  })

  const cgroups = openCgroups('wave-store-1', facts('/'))!
  const made = cgroups.create('app', { memoryBytes: 1 << 27, pids: 50, cpuMillis: 1500 })
  expect(read('wave-store-1', 'app', 'memory.max')).toBe(String(1 << 27))
  expect(read('wave-store-1', 'app', 'memory.swap.max')).toBe('0')
  expect(read('wave-store-1', 'app', 'memory.oom.group')).toBe('1')
  expect(read('wave-store-1', 'app', 'pids.max')).toBe('50')
  expect(read('wave-store-1', 'app', 'cpu.max')).toBe('150000 100000')
  expect(made.joinFiles).toEqual([path.join(parent, 'app', 'cgroup.procs')])
  expect(made.oomKills()).toBe(2)
})

it('kills the whole group at once where the kernel can', () => {
  group('.', { ...controllers, 'cgroup.procs': '' })
  group('wave-store-1', { ...controllers, 'cgroup.subtree_control': '' })
  const app = group('wave-store-1/app', { 'cgroup.kill': '' })
  openCgroups('wave-store-1', facts('/'))!.create('app', { memoryBytes: 1, pids: 1 }).kill()
  expect(readFileSync(path.join(app, 'cgroup.kill'), 'utf8')).toBe('1')
})

it('lets no new processes be made before it kills one after another, where the kernel is older', () => {
  group('.', { ...controllers, 'cgroup.procs': '' })
  group('wave-store-1', { ...controllers, 'cgroup.subtree_control': '' })
  const app = group('wave-store-1/app', { 'pids.max': 'max\n' })
  openCgroups('wave-store-1', facts('/'))!.create('app', { memoryBytes: 1, pids: 50 }).kill()
  expect(readFileSync(path.join(app, 'pids.max'), 'utf8')).toBe('0')
})

it('removes a group when nothing is in it', async () => {
  group('.', { ...controllers, 'cgroup.procs': '' })
  const parent = group('wave-store-1', { ...controllers, 'cgroup.subtree_control': '' })
  const made = openCgroups('wave-store-1', facts('/'))!.create('app', { memoryBytes: 1, pids: 1 })
  // Files of a real group go with it.
  rmSync(path.join(parent, 'app'), { recursive: true })
  mkdirSync(path.join(parent, 'app'))
  await made.remove()
  expect(existsSync(path.join(parent, 'app'))).toBe(false)
})
