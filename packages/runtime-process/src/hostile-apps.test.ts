import { cpSync, existsSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import { askableApp, reaches, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterEach, describe, expect, it } from 'vitest'
import type { ProcessRuntimeOptions } from './options.ts'
import { instancePaths, storePaths } from './store-paths.ts'
import { noSandboxes } from './testing/skip.ts'
import { launcherPath, StoreBench } from './testing/store-bench.ts'
import { uvPath } from './testing/uv.ts'

const waiting = { timeout: 20_000 }

/** Says all phases, then the first and the last of them again and again. */
const forgedRun = `
import time

def run(spec, events, signals):
    for phase in ['sourcing', 'starting', 'running'] + ['sourcing', 'running'] * 5000 + ['sourcing']:
        events.phase(phase)
    print('said', flush=True)
    time.sleep(3600)
`

describe.skipIf(noSandboxes)('a hostile app', () => {
  let bench: StoreBench
  let runtime: Runtime

  afterEach(async () => {
    await runtime[Symbol.asyncDispose]()
    await bench.dispose()
  })

  const open = async (options: Partial<ProcessRuntimeOptions> = {}) => {
    bench = new StoreBench(options)
    runtime = await bench.open()
  }
  const pathsOf = ({ id }: InstanceSpec) => instancePaths(storePaths(bench.dataDir), id)

  it('leaves nothing, however deep the directories are that it made', async () => {
    await open()
    const spec = bench.specOf(askableApp, { volume: { path: '/data', sizeBytes: 1 << 20 } })
    const { ask } = await startAskable(runtime, spec)
    const made = await ask(`
import os
result = 0
for place in ('/tmp', '/data'):
    os.chdir(place)
    for _ in range(100):
        os.mkdir('d' * 200)
        os.chdir('d' * 200)
        result += 1
`)
    expect(made).toBe(200)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    expect(await runtime.inspect()).toEqual([])
    expect(existsSync(pathsOf(spec).root)).toBe(false)
  })

  it('cannot fill the disk with its log, and who follows it goes on', async () => {
    await open({ logMaxBytes: 1 << 20 })
    const spec = bench.specOf(askableApp)
    const { ask } = await startAskable(runtime, spec)
    const { currentLog } = pathsOf(spec)
    const held = () => statSync(currentLog).blocks * 512
    const followed = textOf(runtime, spec.id, { follow: true }).catch((error: unknown) => String(error))
    await ask(`import os\nfor number in range(40000):\n    os.write(1, b'line %d ' % number + b'x' * 90 + b'\\n')`)
    await expect.poll(held, waiting).toBeLessThan(1 << 20)
    await ask(`import os\nos.ftruncate(1, 1 << 40)\nos.write(1, b'\\nlast line\\n')`)
    await expect.poll(() => statSync(currentLog).size, waiting).toBeLessThan(1 << 30)
    await expect.poll(held, waiting).toBeLessThan(1 << 20)
    const log = await textOf(runtime, spec.id)
    expect(log).toMatch(/^# runtime: the log grew too long/)
    expect(log).toMatch(/last line\n$/)
    await ask(`import os\nos.write(1, b'told after all\\n')`)
    await runtime.stop(spec.id, { data: 'keep', graceMs: 0 })
    expect(await followed).toContain('told after all')
  })

  it('does not take back a phase when it has taken the launcher over', async () => {
    bench = new StoreBench()
    const forged = path.join(bench.root, 'forged')
    cpSync(launcherPath, forged, { recursive: true })
    writeFileSync(path.join(forged, 'run.py'), forgedRun)
    bench.options.launcherPath = forged
    runtime = await bench.open()
    const spec = bench.specOf(askableApp)
    await runtime.start(spec)
    const { phaseSince } = await reaches(runtime, spec.id, 'running')
    await expect.poll(() => textOf(runtime, spec.id), waiting).toContain('said')
    const [seen] = await runtime.inspect()
    expect(seen).toMatchObject({ phase: 'running', phaseSince })
  })

  it.skipIf(!uvPath)('does not hold up other builds for longer than one may take', async () => {
    await open({ uvPath: uvPath!, buildTimeoutMs: 2000 })
    const slow = {
      'app.py': askableApp,
      'requirements.txt': './slow',
      'slow/pyproject.toml':
        '[project]\nname = "slow"\nversion = "1"\n[build-system]\nrequires = []\nbuild-backend = "slow"\nbackend-path = ["."]\n',
      'slow/slow.py': 'import time\ntime.sleep(3600)\n',
    }
    const environment = { inputsSha256: 'of slow', osPackages: [] }
    const spec = { ...bench.specOf(askableApp), bundle: bench.bundle(slow), environment }
    await runtime.start(spec)
    const { exit } = await reaches(runtime, spec.id, 'exited')
    expect(exit).toMatchObject({
      reason: 'dependency_failed',
      message: 'Installing the packages took longer than the 2 s that a build may take.',
    })
  })
})
