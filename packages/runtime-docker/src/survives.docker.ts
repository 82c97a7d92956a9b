import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Runtime } from '@wave-store/runtime'
import { askableApp, observed, reaches, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DockerBench } from './testing/docker-bench.ts'
import { type DockerEngine, startDockerEngine } from './testing/docker-engine.ts'

let engine: DockerEngine
let bench: DockerBench
beforeAll(async () => {
  engine = await startDockerEngine()
  bench = new DockerBench(engine.host)
})
afterAll(async () => {
  await bench?.dispose()
  await engine?.[Symbol.asyncDispose]()
})

describe('an engine that goes away', () => {
  let runtime: Runtime
  beforeAll(async () => {
    runtime = await bench.open()
  })
  afterAll(() => runtime?.[Symbol.asyncDispose]())

  it('leaves instances that are said to be lost, and start again with their data and as far apart as before', async () => {
    const spec = { ...bench.specs.specOf(askableApp), volume: { path: '/data', sizeBytes: 1 << 20 } }
    const { ask } = await startAskable(runtime, spec)
    await ask(`open('/data/x', 'w').write('kept'); result = None`)
    await engine.restart()
    expect((await reaches(runtime, spec.id, 'exited')).exit).toMatchObject({ reason: 'lost' })
    const { ask: again } = await startAskable(runtime, { ...spec, generation: 2 })
    expect(await again(`result = open('/data/x').read()`)).toBe('kept')
    expect(await runtime.capabilities()).toMatchObject({ isolation: 'full' })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('tells of changes again when it is back', async () => {
    let told = Promise.withResolvers<void>()
    runtime.onChange!(() => told.resolve())
    await engine.restart()
    await told.promise
    told = Promise.withResolvers()
    const spec = bench.specs.specOf(askableApp)
    await startAskable(runtime, spec)
    await told.promise
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })
})

describe('a server that is killed', () => {
  it('leaves what it has started going on, for the next one to find', async () => {
    const spec = bench.specs.specOf(askableApp)
    const program = fileURLToPath(new URL('./testing/start-and-hold.ts', import.meta.url))
    const server = spawn(process.execPath, [program, JSON.stringify({ options: bench.options, spec })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(server.stdout!, 'data')
    server.kill('SIGKILL')
    await once(server, 'exit')
    await using runtime = await bench.open()
    expect(await observed(runtime, spec.id)).toMatchObject({ generation: 1, phase: 'running' })
    const log = await textOf(runtime, spec.id)
    expect(log).toContain('starts as python3 -m app')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    expect(await runtime.inspect()).toEqual([])
  })

  it('in the midst of a start leaves one that is lost, not one that waits for ever', async () => {
    await using runtime = await bench.open()
    const spec = bench.specs.specOf(askableApp)
    // What such a server leaves behind: a container that was made and never given what to do.
    await startAskable(runtime, spec)
    const [container] = await bench.docker.listContainers({ filters: { label: [`wave-store.instance=${spec.id}`] } })
    const { Config, HostConfig } = await bench.docker.getContainer(container!.Id).inspect()
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    const left = await bench.docker.createContainer({ ...Config, HostConfig })
    expect((await observed(runtime, spec.id))?.exit).toMatchObject({ reason: 'lost' })
    await left.start()
    const stdin = await left.attach({ stream: true, stdin: true, hijack: true })
    stdin.end()
    expect((await reaches(runtime, spec.id, 'exited')).exit).toMatchObject({ reason: 'lost' })
    await startAskable(runtime, { ...spec, generation: 2 })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })
})
