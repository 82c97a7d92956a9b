import { testRuntime } from '@wave-store/runtime/testing'
import { DockerBench } from './testing/docker-bench.ts'

testRuntime('DockerRuntime', async () => new DockerBench())
