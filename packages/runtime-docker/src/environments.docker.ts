import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import {
  askableApp,
  connecting,
  observed,
  type PackageIndex,
  reaches,
  servePackages,
  startAskable,
  textOf,
} from '@wave-store/runtime/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DockerBench } from './testing/docker-bench.ts'
import { type DockerEngine, startDockerEngine } from './testing/docker-engine.ts'

let engine: DockerEngine
let index: PackageIndex
let bench: DockerBench
let runtime: Runtime

beforeAll(async () => {
  engine = await startDockerEngine()
  index = await servePackages()
  bench = new DockerBench(engine.host, { index: { url: index.openUrl } })
  runtime = await bench.open()
})
afterAll(async () => {
  await runtime?.[Symbol.asyncDispose]()
  await bench?.dispose()
  index?.close()
  await engine?.[Symbol.asyncDispose]()
})

const needing = (requirements: string, changes: Partial<InstanceSpec['environment']> = {}) =>
  bench.specs.specOf(askableApp, {
    bundle: bench.specs.bundle({ 'app.py': askableApp, 'requirements.txt': requirements }),
    environment: { inputsSha256: `digest of ${requirements}`, osPackages: [], ...changes },
  })
const importing = `import probe_package; result = probe_package.answer`

it('installs what an app needs once for all that need the same, at the address of the index alone', async () => {
  const [first, second] = [needing('probe-package\n'), needing('probe-package\n')]
  const both = await Promise.all([first, second].map((spec) => startAskable(runtime, spec)))
  for (const { ask } of both) expect(await ask(importing)).toBe(42)
  const asked = index.asked.get('probe-package')
  expect(await both[0]!.ask(connecting(index.host, index.port))).toBe('timed out')
  expect(await textOf(runtime, first.id)).toContain('the environment holds 1 packages')

  const { environmentKey: key } = (await observed(runtime, first.id))!
  const [environment] = await runtime.environments!.list()
  expect(environment).toMatchObject({ key, inUse: 2, python: (await runtime.capabilities()).pythons[0] })
  expect(environment!.sizeBytes).toBeGreaterThan(0)
  expect(await runtime.environments!.packages(key!)).toEqual([{ name: 'probe_package', version: '1.0' }])

  await using later = await bench.open()
  const third = needing('probe-package\n')
  await startAskable(later, third)
  expect(index.asked.get('probe-package')).toBe(asked)

  await runtime.environments!.discard(key!)
  expect(await runtime.environments!.list()).toEqual([])
  expect(await both[1]!.ask(importing)).toBe(42)
  for (const { id } of [first, second, third]) await runtime.stop(id, { data: 'delete', graceMs: 0 })
  const { Volumes: volumes } = await bench.docker.listVolumes({
    filters: { label: [`wave-store.store=${bench.options.name}`] },
  })
  expect(volumes ?? []).toEqual([])
})

it('says which requirement cannot be met, with what the installer printed, also after the server has gone', async () => {
  const spec = needing('no-such-package\n')
  await runtime.start(spec)
  const { exit } = await reaches(runtime, spec.id, 'exited')
  expect(exit).toMatchObject({ reason: 'dependency_failed', message: expect.stringContaining('no-such-package') })
  await using later = await bench.open()
  expect((await observed(later, spec.id))?.exit).toMatchObject({ reason: 'dependency_failed' })
  expect(await textOf(later, spec.id)).toContain('no-such-package')
  await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
})

it('keeps an environment of the instance’s own, which it may change', async () => {
  const spec = needing('probe-package\n', { ownVolumeBytes: 64 << 20 })
  const { ask } = await startAskable(runtime, spec)
  expect(await ask(importing)).toBe(42)
  expect(await ask(`open('/resources/mine', 'w').write('kept'); result = 'written'`)).toBe('written')
  const again = await startAskable(runtime, { ...spec, generation: 2 })
  expect(await again.ask(`result = open('/resources/mine').read()`)).toBe('kept')
  await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
})

it('names packages of the operating system that the image has not', async () => {
  const spec = needing('', { inputsSha256: '', osPackages: ['no-such-library', 'libc6'] })
  await runtime.start(spec)
  const { exit } = await reaches(runtime, spec.id, 'exited')
  expect(exit).toMatchObject({ reason: 'os_package_missing', message: expect.stringContaining('no-such-library.') })
  await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
})
