import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import { askableApp, countingApp, observed, reaches, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SupervisorFile } from './protocol.ts'
import { instancePaths, storePaths } from './store-paths.ts'
import { loopDevicesOf } from './testing/loop-devices.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'
import { tracesOf } from './testing/traces.ts'

const mib = 1 << 20

const fill = (file: string) => `
import errno
written = 0
try:
    with open(${JSON.stringify(file)}, 'wb', buffering=0) as target:
        while True:
            written += target.write(b'x' * (1 << 20))
except OSError as error:
    result = [errno.errorcode[error.errno], written]`

describe.skipIf(noSandboxes)('a volume', () => {
  let bench: StoreBench
  let runtime: Runtime

  beforeEach(async () => {
    bench = new StoreBench()
    runtime = await bench.open()
  })
  afterEach(async () => {
    await runtime[Symbol.asyncDispose]()
    await bench.dispose()
  })

  const pathsOf = ({ id }: InstanceSpec) => instancePaths(storePaths(bench.dataDir), id)
  const withVolume = (sizeBytes: number, app = askableApp) =>
    bench.specOf(app, { volume: { path: '/data', sizeBytes } })

  it('is full when its size is reached, which the app is told, and goes on', async () => {
    expect((await runtime.capabilities()).limits.disk).toBe('quota')
    const spec = withVolume(40 * mib)
    const { ask } = await startAskable(runtime, spec)
    const [error, written] = (await ask(fill('/data/file'))) as [string, number]
    expect(error).toBe('ENOSPC')
    expect(written).toBeGreaterThanOrEqual(40 * mib)
    expect(written).toBeLessThan(50 * mib)
    expect(await ask(`import os\nos.remove('/data/file')\nresult = os.listdir('/data')`)).toEqual([])
    expect((await observed(runtime, spec.id))?.phase).toBe('running')
  })

  it('gives room back to the disk when files on it are removed', async () => {
    const spec = withVolume(64 * mib)
    const { ask } = await startAskable(runtime, spec)
    const held = () => statSync(pathsOf(spec).volumeImage).blocks * 512
    await ask(`import os\nopen('/data/file', 'wb').write(b'x' * (48 << 20))\nos.sync()`)
    expect(held()).toBeGreaterThan(48 * mib)
    await ask(`import os\nos.remove('/data/file')\nos.sync()`)
    await expect.poll(held, { timeout: 30_000, interval: 200 }).toBeLessThan(24 * mib)
  })

  it('grows when a later version asks for more, and never shrinks', async () => {
    const spec = withVolume(16 * mib)
    const { ask } = await startAskable(runtime, spec)
    await ask(`open('/data/kept', 'w').write('here')`)
    const larger = { ...spec, generation: 2, volume: { path: '/data', sizeBytes: 96 * mib } }
    const second = await startAskable(runtime, larger)
    const [, written] = (await second.ask(fill('/data/file'))) as [string, number]
    expect(written).toBeGreaterThanOrEqual(95 * mib)
    const third = await startAskable(runtime, { ...spec, generation: 3 })
    expect(await third.ask(`import os\nresult = [open('/data/kept').read(), os.path.getsize('/data/file')]`)).toEqual([
      'here',
      written,
    ])
  })

  it('that an earlier version made as a directory stays one, with what is in it', async () => {
    const spec = withVolume(16 * mib, countingApp)
    const { volume, volumeImage, root } = pathsOf(spec)
    mkdirSync(root, { recursive: true, mode: 0o711 })
    mkdirSync(volume)
    writeFileSync(path.join(volume, 'count'), '41')
    chmodSync(path.join(volume, 'count'), 0o666)
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')
    expect(await textOf(runtime, spec.id)).toContain('count 42\n')
    expect(existsSync(volumeImage)).toBe(false)
    expect(readFileSync(path.join(volume, 'count'), 'utf8')).toBe('42')
  })

  it('is mounted nowhere when its instance has ended, however it ended', async () => {
    const specs = [withVolume(8 * mib), withVolume(8 * mib)]
    for (const spec of specs) await startAskable(runtime, spec)
    expect(loopDevicesOf(bench.dataDir)).toHaveLength(2)
    await runtime.stop(specs[0]!.id, { data: 'delete', graceMs: 0 })
    expect(loopDevicesOf(bench.dataDir)).toHaveLength(1)

    const { pid } = JSON.parse(readFileSync(storePaths(bench.dataDir).supervisorFile, 'utf8')) as SupervisorFile
    process.kill(pid, 'SIGKILL')
    await expect
      .poll(() => observed(runtime, specs[1]!.id).catch(() => undefined), { timeout: 30_000 })
      .toMatchObject({ phase: 'exited' })
    expect(loopDevicesOf(bench.dataDir)).toEqual([])
    const again = await startAskable(runtime, { ...specs[1]!, generation: 2 })
    expect(await again.ask(`import os\nresult = os.listdir('/data')`)).toEqual([])
  })

  it('leaves no mount, device or process over many starts', async () => {
    const spec = withVolume(8 * mib, countingApp)
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')
    const before = tracesOf(bench.dataDir, bench.options.uidRange!).length
    for (let generation = 2; generation <= 25; generation++) {
      await runtime.start({ ...spec, generation })
      await reaches(runtime, spec.id, 'running', generation)
    }
    expect(await textOf(runtime, spec.id)).toContain('count 25\n')
    expect(tracesOf(bench.dataDir, bench.options.uidRange!)).toHaveLength(before)
    expect(loopDevicesOf(bench.dataDir)).toHaveLength(1)
    await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
    expect(loopDevicesOf(bench.dataDir)).toEqual([])
  })
})
