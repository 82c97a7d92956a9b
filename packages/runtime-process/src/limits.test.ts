import { readFileSync } from 'node:fs'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import { askableApp, endingApp, reaches, servingApp, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storePaths } from './store-paths.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'

describe.skipIf(noSandboxes)('the end of an app', () => {
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

  const endOf = async (spec: InstanceSpec) => {
    await runtime.start(spec)
    const { exit } = await reaches(runtime, spec.id, 'exited', spec.generation)
    const log = await textOf(runtime, spec.id)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    return { ...exit!, log }
  }

  it('is named out of memory, with the limit, when it takes too much', async () => {
    const spec = bench.specOf(`held = bytearray(512 << 20)\n${servingApp}`, {
      limits: { memoryBytes: 96 << 20, pids: 64 },
    })
    expect(await endOf(spec)).toMatchObject({
      reason: 'out_of_memory',
      message: 'The app used more memory than its limit of 96 MiB.',
      code: null,
    })
  })

  it('is out of memory also when a process of it alone takes too much and the app would go on', async () => {
    const spec = bench.specOf(askableApp, { limits: { memoryBytes: 96 << 20, pids: 64 } })
    const { ask } = await startAskable(runtime, spec)
    await ask(`import subprocess\nsubprocess.Popen(['/usr/bin/python3', '-c', 'held = bytearray(512 << 20)'])`)
    expect((await reaches(runtime, spec.id, 'exited')).exit?.reason).toBe('out_of_memory')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('does not come from a fork bomb, which stays within its number of processes', async () => {
    const spec = bench.specOf(askableApp, { limits: { memoryBytes: 512 << 20, pids: 40 } })
    const { ask } = await startAskable(runtime, spec)
    const answer = await ask(`
import os, signal
children = []
try:
    while len(children) < 1000:
        pid = os.fork()
        if pid == 0:
            signal.pause()
        children.append(pid)
except BlockingIOError:
    result = len(children)`)
    expect(answer).toBeGreaterThan(10)
    expect(answer).toBeLessThan(40)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 100 })
  })

  it('tells nothing that was to be kept secret, in whatever way the app quotes it', async () => {
    const values = ['k33p-me-quiet', 'first-l1ne\nsecond-l1ne', `it's "quoted"\\`]
    for (const value of values) {
      const app = `import os\nraise ValueError(repr(os.environ['TOKEN']) + os.environ['TOKEN'] + 'x' * 400)`
      const spec = bench.specOf(app, { env: { TOKEN: value }, redact: values })
      const { message, reason } = await endOf(spec)
      expect(reason).toBe('exited')
      expect(message).toContain('[secret]')
      expect(message).not.toMatch(/k33p|l1ne|quoted/)
    }
  })

  it('stays one of its own when a fork bomb goes off: others start and stop as ever', async () => {
    const spec = bench.specOf(askableApp, { limits: { memoryBytes: 512 << 20, pids: 60 } })
    const { ask } = await startAskable(runtime, spec)
    await ask(`
import subprocess
bomb = 'import os\\nwhile True:\\n try: os.fork()\\n except OSError: pass'
subprocess.Popen(['/usr/bin/python3', '-c', bomb], start_new_session=True)`)
    const used = async () => (await runtime.stats()).find(({ id }) => id === spec.id)?.processes ?? 0
    await expect.poll(used, { timeout: 30_000 }).toBeGreaterThanOrEqual(55)
    const other = bench.specOf(servingApp)
    await runtime.start(other)
    await reaches(runtime, other.id, 'running')
    await runtime.stop(other.id, { data: 'delete', graceMs: 2000 })
    expect(await used()).toBeLessThanOrEqual(60)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 100 })
    expect(await runtime.inspect()).toEqual([])
  })

  it('is told with its exit code', async () => {
    expect(await endOf(bench.specOf(endingApp('bye\n', 7)))).toMatchObject({ reason: 'exited', code: 7 })
  })

  it('is named killed when a signal ends it', async () => {
    const spec = bench.specOf('import os, signal\nos.kill(os.getpid(), signal.SIGKILL)')
    expect(await endOf(spec)).toMatchObject({ reason: 'killed', code: null })
  })

  it('is not what an app claims by ending its launcher', async () => {
    const spec = bench.specOf(`import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n${servingApp}`)
    expect(await endOf(spec)).toMatchObject({ reason: 'killed', code: null })
  })

  it('names packages of the system that are missing, before anything starts', async () => {
    const spec = bench.specOf(servingApp, {
      environment: { inputsSha256: '', osPackages: ['coreutils', 'libnothing-of-this-name1'] },
    })
    const { log, ...exit } = await endOf(spec)
    expect(exit).toMatchObject({ reason: 'os_package_missing', code: null })
    expect(exit.message).toContain('libnothing-of-this-name1')
    expect(exit.message).not.toContain('coreutils')
    expect(log).toBe('')
  })

  it('tells that a bundle is gone', async () => {
    const spec = { ...bench.specOf(servingApp), bundle: { path: '/nowhere.wave', sha256: '' } }
    const { reason, message } = await endOf(spec)
    expect(reason).toBe('source_failed')
    expect(message).toContain('/nowhere.wave')
  })

  it('comes by SIGTERM first, which the app may answer in its own way', async () => {
    const spec = bench.specOf(`
import signal, sys
def leave(*_):
    print('leaving', flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
${servingApp}`)
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')
    await runtime.stop(spec.id, { data: 'keep', graceMs: 5000 })
    expect(await textOf(runtime, spec.id)).toContain('leaving')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('is refused a volume where the sandbox itself stands', async () => {
    for (const path of ['/', '/app', '/app/data', '/usr/share', '/proc/x', 'data', '/data/../etc']) {
      const spec = bench.specOf(servingApp, { volume: { path, sizeBytes: 1 } })
      await expect(runtime.start(spec)).rejects.toMatchObject({ name: 'RuntimeError', code: 'unsupported' })
    }
    expect(await runtime.inspect()).toEqual([])
  })

  it('limits the processor where it is asked to', async () => {
    const spec = bench.specOf(servingApp, { limits: { memoryBytes: 256 << 20, pids: 64, cpuMillis: 500 } })
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')
    const { groups } = JSON.parse(readFileSync(storePaths(bench.dataDir).supervisorFile, 'utf8')) as {
      groups: string[]
    }
    const limits = groups.map(
      (group) => readIfThere(`${group}/${spec.id}/cpu.cfs_quota_us`) ?? readIfThere(`${group}/${spec.id}/cpu.max`),
    )
    expect(limits.filter(Boolean).join()).toMatch(/^50000/)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 1000 })
  })
})

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
