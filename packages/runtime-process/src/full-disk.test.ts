import { readFileSync, rmSync } from 'node:fs'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import { askableApp, observed, reaches, servingApp, startAskable } from '@wave-store/runtime/testing'
import { afterEach, describe, expect, it } from 'vitest'
import type { ProcessRuntimeOptions } from './options.ts'
import { stopSupervisor } from './stop-supervisor.ts'
import { instancePaths, storePaths } from './store-paths.ts'
import { noSandboxes } from './testing/skip.ts'
import { SmallDisk } from './testing/small-disk.ts'
import { StoreBench } from './testing/store-bench.ts'

const mib = 1 << 20
const waiting = { timeout: 30_000, interval: 50 }

/** Writes in steps and goes on for as long as it lives; `before` is done with the open file. */
const fill = (file: string, before = '') => `
import os, threading, time
target = open(${JSON.stringify(file)}, 'wb', buffering=0)
${before}
def go():
    while True:
        try:
            target.write(os.urandom(1 << 20))
        except OSError:
            pass
        time.sleep(0.02)
threading.Thread(target=go, daemon=True).start()`

describe.skipIf(noSandboxes)('a disk that an app fills', () => {
  let bench: StoreBench
  let disk: SmallDisk
  let runtime: Runtime

  const open = async (sizeBytes: number, options: Partial<ProcessRuntimeOptions>) => {
    bench = new StoreBench(options)
    disk = new SmallDisk(bench.dataDir, sizeBytes)
    runtime = await bench.open()
  }
  afterEach(async () => {
    await runtime[Symbol.asyncDispose]()
    await stopSupervisor(bench.dataDir, { graceMs: 1000 })
    disk.remove()
    await bench.dispose()
  })
  const exitOf = async (spec: InstanceSpec) => (await reaches(runtime, spec.id, 'exited')).exit

  it.each(['/tmp', '/app', '/home/app'])('by %s ends that app when it holds more than one may', async (inside) => {
    await open(256 * mib, { scratchMaxBytes: 24 * mib, diskReserveBytes: mib })
    const spec = bench.specOf(askableApp)
    const { ask } = await startAskable(runtime, spec)
    await ask(fill(`${inside}/file`))
    const exit = await exitOf(spec)
    expect(exit).toMatchObject({ reason: 'disk_full', code: null })
    expect(exit?.message).toMatch(new RegExp(`more than the 24 MiB that one may: \\d+ MiB in ${inside}`))
    await expect.poll(() => disk.freeBytes, waiting).toBeGreaterThan(200 * mib)
  })

  it('by a volume is full for that app alone', async () => {
    await open(256 * mib, { diskReserveBytes: 8 * mib })
    const spec = bench.specOf(askableApp, { volume: { path: '/data', sizeBytes: 32 * mib } })
    const { ask } = await startAskable(runtime, spec)
    await ask(fill('/data/file'))
    const used = async () => (await runtime.stats())[0]?.volumeBytes ?? 0
    await expect.poll(used, waiting).toBeGreaterThan(32 * mib)
    const other = bench.specOf(servingApp)
    await runtime.start(other)
    await reaches(runtime, other.id, 'running')
    expect((await observed(runtime, spec.id))?.phase).toBe('running')
    expect(disk.freeBytes).toBeGreaterThan(128 * mib)
  })

  it('ends the one that fills it, also by a file that nobody finds any more, and lets the others go on', async () => {
    await open(160 * mib, { diskReserveBytes: 32 * mib })
    const quiet = bench.specOf(askableApp)
    const { ask } = await startAskable(runtime, quiet)
    await ask(`open('/tmp/file', 'wb').write(b'x' * (24 << 20))`)
    const spec = bench.specOf(askableApp)
    const greedy = await startAskable(runtime, spec)
    await greedy.ask(fill('/tmp/file', `os.remove('/tmp/file')`))
    const exit = await exitOf(spec)
    expect(exit?.reason).toBe('disk_full')
    expect(exit?.message).toMatch(/nearly full \(.* left\).*MiB in deleted files that it holds open/)
    expect((await observed(runtime, quiet.id))?.phase).toBe('running')

    await runtime.start({ ...spec, generation: 2 })
    await reaches(runtime, spec.id, 'running', 2)
  })

  it('by somebody else ends no app, and what could not be written is written when there is room', async () => {
    await open(160 * mib, { diskReserveBytes: 16 * mib })
    const specs = [bench.specOf(servingApp), bench.specOf(servingApp)]
    for (const spec of specs) await runtime.start(spec)
    for (const { id } of specs) await reaches(runtime, id, 'running')
    const file = disk.fill('somebody-else')
    await runtime.stop(specs[0]!.id, { data: 'keep', graceMs: 2000 })
    expect((await observed(runtime, specs[0]!.id))?.exit?.reason).toBe('stopped')
    expect((await observed(runtime, specs[1]!.id))?.phase).toBe('running')

    rmSync(file)
    const record = () => readFileSync(instancePaths(storePaths(bench.dataDir), specs[0]!.id).record, 'utf8')
    await expect.poll(() => JSON.parse(record()).phase, waiting).toBe('exited')
    expect((await observed(runtime, specs[1]!.id))?.phase).toBe('running')
  })
})
