import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { expect, it } from 'vitest'
import { startTestStore } from './testing/test-store.ts'

it('lets go of what was opened when the store cannot start', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'cannot-start-'))
  // Read before the runtime is opened, and used after it.
  await writeFile(join(dataDir, 'keys.json'), JSON.stringify({ identityKey: { kty: 'none' } }))
  let letGo = false
  class WatchedRuntime extends InMemoryRuntime {
    override async [Symbol.asyncDispose]() {
      letGo = true
    }
  }
  await expect(startTestStore({ dataDir, runtime: new WatchedRuntime() })).rejects.toThrow()
  expect(letGo).toBe(true)
  await rm(dataDir, { recursive: true })
})
