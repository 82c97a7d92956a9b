import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { type InstanceSpec, RuntimeError } from '../runtime.ts'
import { type Behaviour, InMemoryRuntime } from './in-memory-runtime.ts'
import type { SuiteApp } from './runtime-harness.ts'
import { observed, testRuntime } from './test-runtime.ts'

testRuntime('InMemoryRuntime', async () => {
  const apps = new Map<string, SuiteApp>()
  const engine = new InMemoryRuntime({ behaviour: (spec, facts) => behave(apps.get(spec.id), facts.startsOnVolume) })
  return {
    open: async () => engine.reopen(),
    spec: async (app) => {
      const spec = specFor()
      apps.set(spec.id, app)
      return spec
    },
    dispose: async () => {},
  }
})

it('moves an instance as a test says', async () => {
  let time = 1000
  const runtime = new InMemoryRuntime({ now: () => time, behaviour: () => ({ phase: 'installing' }) })
  const spec = specFor()
  await runtime.start(spec)
  expect(await observed(runtime, spec.id)).toEqual({
    id: spec.id,
    generation: 1,
    phase: 'installing',
    phaseSince: 1000,
  })
  time = 2000
  runtime.setPhase(spec.id, 'starting')
  expect(await observed(runtime, spec.id)).toMatchObject({ phase: 'starting', phaseSince: 2000, address: { port: 9 } })
  runtime.exit(spec.id, { reason: 'import_error', message: 'No.', code: 1 })
  expect((await observed(runtime, spec.id))?.exit).toEqual({
    reason: 'import_error',
    message: 'No.',
    code: 1,
    at: 2000,
  })
})

it('fails the next call when a test asks for it, and only that', async () => {
  const runtime = new InMemoryRuntime()
  runtime.failNext('start')
  await expect(runtime.start(specFor())).rejects.toThrow(RuntimeError)
  await runtime.start(specFor())
  expect(await runtime.inspect()).toHaveLength(1)
})

function behave(app: SuiteApp | undefined, startsOnVolume: number): Behaviour {
  switch (app?.does) {
    case 'ends':
      return { output: app.output, exit: { reason: 'exited', message: 'The app ended.', code: app.code } }
    case 'counts':
      return { output: `count ${startsOnVolume}\n`, phase: 'running' }
    case 'missing':
      return { exit: { reason: 'module_not_found', message: 'No module named nowhere.', code: 1 } }
    default:
      return { output: 'ready\n', phase: 'running' }
  }
}

function specFor(): InstanceSpec {
  return {
    id: randomUUID(),
    generation: 1,
    app: { id: 'app', name: 'Fake', version: '1.0.0' },
    bundle: { path: '/nowhere.wave', sha256: '0'.repeat(64) },
    entry: { mode: 'python', module: 'app', port: 8000, args: [] },
    env: {},
    files: [],
    environment: { inputsSha256: '', osPackages: [] },
    volume: { path: '/data', sizeBytes: 1024 },
    limits: { memoryBytes: 1 << 28, pids: 64 },
    basePath: '/',
    startTimeoutMs: 10_000,
  }
}
