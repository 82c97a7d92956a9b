import { testRuntime } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import { DockerBench } from './testing/docker-bench.ts'
import { type DockerEngine, startDockerEngine } from './testing/docker-engine.ts'

let engine: DockerEngine
beforeAll(async () => {
  engine = await startDockerEngine()
})
afterAll(() => engine?.[Symbol.asyncDispose]())

testRuntime('DockerRuntime', async () => new DockerBench(engine.host))

describe('with ports of the engine’s loopback', () => {
  testRuntime('DockerRuntime', async () => new DockerBench(engine.host, { addresses: 'published' }))
})
