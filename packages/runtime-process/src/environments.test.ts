import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import {
  askableApp,
  connecting,
  type PackageIndex,
  reaches,
  servePackages,
  startAskable,
  textOf,
} from '@wave-store/runtime/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ProcessRuntimeOptions } from './options.ts'
import { storePaths } from './store-paths.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'
import { tracesOf } from './testing/traces.ts'
import { uvPath } from './testing/uv.ts'

describe.skipIf(noSandboxes || !uvPath)('Python environments (need root, bubblewrap and uv)', () => {
  let index: PackageIndex
  let bench: StoreBench
  let runtime: Runtime

  beforeAll(async () => {
    index = await servePackages(`
found['uid'] = os.getuid()
found['environment'] = sorted(os.environ)
found['data'] = os.path.exists('/run') or os.path.exists('/root')
for name, address in (('private', ('10.1.2.3', 80)), ('machine', (os.environ['UV_DEFAULT_INDEX'].split('/')[2].split(':')[0], 1))):
    try:
        socket.create_connection(address, timeout=0.5).close()
        found[name] = 'connected'
    except OSError as error:
        found[name] = type(error).__name__`)
  })
  afterAll(() => index.close())
  afterEach(async () => {
    await runtime[Symbol.asyncDispose]()
    await bench.dispose()
  })

  const open = async (options: Partial<ProcessRuntimeOptions> = {}) => {
    bench = new StoreBench({ uvPath: uvPath!, index: { url: index.url }, ...options })
    runtime = await bench.open()
  }
  const needing = (requirements: string, environment: Partial<InstanceSpec['environment']> = {}): InstanceSpec => ({
    ...bench.specOf(askableApp),
    bundle: bench.bundle({ 'app.py': askableApp, 'requirements.txt': requirements }),
    environment: { inputsSha256: `of ${requirements}`, osPackages: [], ...environment },
  })
  const shelved = () => readdirSync(storePaths(bench.dataDir).environments)

  it('are built once for all that ask at the same moment, and each of them sees the log', async () => {
    await open()
    const before = index.asked.get('probe-package') ?? 0
    const specs = [needing('probe-package'), needing('probe-package'), needing('probe-package')]
    const asks = await Promise.all(specs.map((spec) => startAskable(runtime, spec)))
    for (const { ask } of asks) expect(await ask('import probe_package\nresult = probe_package.answer')).toBe(42)
    expect((index.asked.get('probe-package') ?? 0) - before).toBe(1)
    for (const { id } of specs) expect(await textOf(runtime, id)).toContain('probe-package')

    const later = needing('probe-package')
    await startAskable(runtime, later)
    expect(await textOf(runtime, later.id)).not.toContain('probe-package')
    expect((index.asked.get('probe-package') ?? 0) - before).toBe(1)
    expect(shelved()).toHaveLength(1)
  })

  it('cannot be changed by an instance, and the index and its password are not seen by it', async () => {
    await open()
    const spec = needing('probe-package')
    const { id } = spec
    const { ask } = await startAskable(runtime, spec)
    expect(await ask(`open('/resources/lib/trace', 'w')`)).toMatch(/^OSError.*Read-only/)
    expect(await ask(`import os\nresult = os.stat('/resources/pyvenv.cfg').st_uid`)).toBe(65534)
    expect(await ask(connecting(index.host, index.port))).toBe('timed out')
    expect(
      await ask(`
import glob, os, subprocess
places = ['/resources', '/app', '/tmp', '/home', '/opt', '/etc', *glob.glob('/proc/[0-9]*/environ'), *glob.glob('/proc/[0-9]*/cmdline')]
found = subprocess.run(['grep', '-ral', '-e', 'someone', '-e', 'password', *places], capture_output=True).stdout.decode().split()
result = [[each for each in found if not each.startswith('/etc/') and '/opt/wave/uv' not in each and '/opt/wave/launcher' not in each],
  [value for value in os.environ.values() if 'password' in value],
  [name for name in glob.glob('/resources/**/direct_url.json', recursive=True) + glob.glob('/resources/**/pip.conf', recursive=True)]]`),
    ).toEqual([[], [], []])
    expect(
      await ask(
        `import subprocess\nresult = subprocess.run(['grep', '-ra', 'someone:', '/opt/wave', '/etc'], capture_output=True).stdout.decode()`,
      ),
    ).toBe('')
    expect(await textOf(runtime, id)).not.toContain('password')
  })

  it('are built by a user of its own that reaches the index and nothing else that is closed', async () => {
    await open({ index: { url: index.openUrl } })
    const { ask } = await startAskable(runtime, needing('curious-package'))
    const found = (await ask('import curious_package\nresult = curious_package.found')) as Record<string, unknown>
    expect(found).toMatchObject({ uid: 1000, data: false, private: 'TimeoutError', machine: 'TimeoutError' })
  })

  it('that cannot be built say which requirement is at fault, with the log', async () => {
    await open()
    const spec = needing('no-such-package==3')
    await runtime.start(spec)
    const { exit } = await reaches(runtime, spec.id, 'exited')
    expect(exit).toMatchObject({ reason: 'dependency_failed', code: null })
    expect(exit?.message).toContain('no-such-package')
    expect(await textOf(runtime, spec.id)).toContain('no-such-package')
    expect(shelved()).toEqual([])
  })

  it('are not built where there is no index, and what needs none starts all the same', async () => {
    await open({ index: { offline: true } })
    const spec = needing('probe-package')
    await runtime.start(spec)
    expect((await reaches(runtime, spec.id, 'exited')).exit?.reason).toBe('index_unavailable')
    await startAskable(runtime, needing('', { inputsSha256: '' }))
  })

  it('are not shared where their inputs are not known, and not built again for the same instance', async () => {
    await open()
    const [one, two] = [
      needing('probe-package', { inputsSha256: null }),
      needing('probe-package', { inputsSha256: null }),
    ]
    const before = index.asked.get('probe-package') ?? 0
    await startAskable(runtime, one)
    await startAskable(runtime, two)
    await startAskable(runtime, { ...one, generation: 2 })
    expect((index.asked.get('probe-package') ?? 0) - before).toBe(2)
    expect(shelved()).toEqual([])
    await runtime.stop(one.id, { data: 'delete', graceMs: 0 })
    expect(existsSync(path.join(storePaths(bench.dataDir).instances, one.id))).toBe(false)
  })

  it("are the instance's own, writable and kept, where it asks for a volume at /resources", async () => {
    await open()
    const spec = needing('probe-package', { ownVolumeBytes: 1 << 30 })
    const { ask } = await startAskable(runtime, spec)
    await ask(`open('/resources/kept', 'w').write('mine')`)
    const again = await startAskable(runtime, { ...spec, generation: 2 })
    expect(await again.ask(`import probe_package\nresult = open('/resources/kept').read()`)).toBe('mine')
  })

  it('have the size that the instance asks for at /resources, and say when the packages alone take more', async () => {
    await open()
    const spec = needing('probe-package', { ownVolumeBytes: 48 << 20 })
    const { ask } = await startAskable(runtime, spec)
    const written = await ask(`
import errno
result = 0
try:
    with open('/resources/file', 'wb', buffering=0) as target:
        while True:
            result += target.write(b'x' * (1 << 20))
except OSError as error:
    assert error.errno == errno.ENOSPC`)
    expect(written).toBeLessThan(60 << 20)
    const larger = { ...spec, generation: 2, environment: { ...spec.environment, ownVolumeBytes: 128 << 20 } }
    const again = await startAskable(runtime, larger)
    expect(await again.ask(`import os\nopen('/resources/more', 'wb').write(b'x' * (32 << 20))`)).toBeNull()
    expect(await again.ask(`import os\nresult = os.path.getsize('/resources/file')`)).toBe(written)

    const small = needing('probe-package', { ownVolumeBytes: 4096 })
    await runtime.start(small)
    const { exit } = await reaches(runtime, small.id, 'exited')
    expect(exit).toMatchObject({ reason: 'disk_full', message: expect.stringContaining('of its /resources') })
  })

  it('tell what is in them, are known by their key, and are built anew when they were discarded', async () => {
    await open()
    const spec = needing('probe-package')
    await startAskable(runtime, spec)
    const key = (await runtime.inspect())[0]?.environmentKey as string
    const environments = runtime.environments!
    const [listed] = await environments.list()
    expect(listed).toMatchObject({ key, inUse: 1, python: expect.stringMatching(/^3\.\d+\.\d+/) })
    expect(listed!.sizeBytes).toBeGreaterThan(0)
    expect(listed!.builtAt).toBeLessThanOrEqual(Date.now())
    expect(await environments.packages(key)).toEqual([{ name: 'probe_package', version: '1.0' }])

    const { ask } = await startAskable(runtime, { ...spec, generation: 2 })
    const before = index.asked.get('probe-package') ?? 0
    await environments.discard(key)
    expect(await environments.list()).toEqual([])
    expect(await ask('import probe_package\nresult = probe_package.answer')).toBe(42)
    await startAskable(runtime, { ...spec, generation: 3 })
    expect((index.asked.get('probe-package') ?? 0) - before).toBe(1)
    await expect.poll(shelved, { timeout: 30_000 }).toEqual([key])
  })

  it('hold to the constraints that the instance comes with, and are apart from those without', async () => {
    await open()
    const free = needing('probe-package')
    await startAskable(runtime, free)
    const bound = needing('probe-package', { constraints: 'probe-package<1\n' })
    await runtime.start(bound)
    const { exit } = await reaches(runtime, bound.id, 'exited')
    expect(exit?.reason).toBe('dependency_failed')
    const wrong = needing('probe-package', { constraints: '[what is this\n' })
    await runtime.start(wrong)
    expect((await reaches(runtime, wrong.id, 'exited')).exit).toMatchObject({
      reason: 'dependency_failed',
      message: expect.stringContaining('line 1'),
    })
  })

  it('that nobody uses go, the longest unused first, when they take too much room', async () => {
    await open({ environmentsMaxBytes: 1, index: { url: index.openUrl } })
    const first = needing('probe-package')
    await startAskable(runtime, first)
    await startAskable(runtime, needing('curious-package'))
    expect(shelved()).toHaveLength(2)
    await runtime.stop(first.id, { data: 'delete', graceMs: 0 })
    await startAskable(runtime, needing('', { inputsSha256: '' }))
    expect(shelved()).toHaveLength(2)
  })

  it('whose build is cut short by the last who waits leave nothing behind', async () => {
    await open()
    const before = tracesOf(bench.dataDir, bench.options.uidRange!)
    const spec = needing('probe-package')
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'installing')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    expect(await runtime.inspect()).toEqual([])
    expect(tracesOf(bench.dataDir, bench.options.uidRange!)).toEqual(before)
    expect(shelved()).toEqual([])
  })
})
