import { testRuntime } from '@wave-store/runtime/testing'
import { describe } from 'vitest'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'

describe.skipIf(noSandboxes)('with a sandbox, a user and a network for each instance', () => {
  testRuntime('ProcessRuntime', async () => new StoreBench())
})
