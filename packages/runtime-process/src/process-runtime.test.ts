import { testRuntime } from '@wave-store/runtime/testing'
import { describe, expect, it } from 'vitest'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'
import { tracesOf } from './testing/traces.ts'

describe.skipIf(noSandboxes)('with a sandbox, a user and a network for each instance', () => {
  testRuntime('ProcessRuntime', async () => new StoreBench({ readySites: 2 }))
})

it.skipIf(noSandboxes)('refuses an interpreter that sandboxes would not find', async () => {
  const bench = new StoreBench({ python: '/opt/python/bin/python3' })
  await expect(bench.open()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('below /usr'),
  })
  await expect.poll(() => tracesOf(bench.dataDir, bench.options.uidRange!)).toEqual([])
  await bench.dispose()
})
