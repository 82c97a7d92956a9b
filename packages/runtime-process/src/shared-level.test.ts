import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import type { Runtime } from '@wave-store/runtime'
import { reaches, servingApp, testRuntime, textOf } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storePaths } from './store-paths.ts'
import { canRunAsOrdinaryUser } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'

const uid = 300_000 + (process.pid % 10_000)

describe.skipIf(!canRunAsOrdinaryUser(uid))(
  'as an ordinary user (needs root to become one, and user namespaces)',
  () => {
    let bench: StoreBench
    let runtime: Runtime

    // For good: this file's tests have a process to themselves.
    beforeAll(async () => {
      process.setgroups!([])
      process.setgid!(uid)
      process.setuid!(uid)
      bench = new StoreBench({}, '.', false)
      runtime = await bench.open()
    })
    afterAll(async () => {
      await runtime?.[Symbol.asyncDispose]()
      await bench?.dispose()
    })

    testRuntime('ProcessRuntime', async () => new StoreBench({}, '.', false))

    it('says what is weaker, and how to get more', async () => {
      const { isolation, advice } = await runtime.capabilities()
      expect(isolation).toBe('shared')
      expect(advice).toContain('run the store as root')
    })

    it('watches memory and names the limit, where no control group can be made', async () => {
      const app = `import time\nheld = bytearray(512 << 20)\n${servingApp}`
      const spec = bench.specOf(app, { limits: { memoryBytes: 96 << 20, pids: 64 } })
      await runtime.start(spec)
      const { exit } = await reaches(runtime, spec.id, 'exited')
      expect(exit).toMatchObject({ reason: 'out_of_memory', code: null })
      expect(exit?.message).toContain('96 MiB')
    })

    it("does not take another program's port for the app's", async () => {
      const first = bench.specOf(servingApp)
      await runtime.start(first)
      await reaches(runtime, first.id, 'running')
      const second = { ...bench.specOf(servingApp), entry: first.entry, env: first.env }
      await runtime.start(second)
      const { exit } = await reaches(runtime, second.id, 'exited')
      expect(exit?.message).toMatch(/port \d+ is in use on this machine/)
    })

    it('has a sandbox all the same', async () => {
      const spec = bench.specOf(`
import os
print('root', sorted(os.listdir('/')))
print('data', os.path.exists(${JSON.stringify(bench.dataDir)}))
print('pids', len([pid for pid in os.listdir('/proc') if pid.isdigit()]), flush=True)
${servingApp}`)
      await runtime.start(spec)
      await reaches(runtime, spec.id, 'running')
      const log = await textOf(runtime, spec.id)
      expect(log).toContain('data False')
      expect(log).not.toMatch(/'(root|var|work|srv|run)'/)
      expect(log).toMatch(/pids [1-4]\n/)
    })

    it('does not talk to a supervisor of somebody else', async () => {
      const other = new StoreBench({}, '.', false)
      const { run } = storePaths(other.dataDir, uid)
      mkdirSync(`${run}-elsewhere`)
      execFileSync('ln', ['-s', `${run}-elsewhere`, run])
      await expect(other.open()).rejects.toMatchObject({ code: 'unavailable' })
      for (const each of [run, `${run}-elsewhere`]) rmSync(each, { recursive: true })
      rmSync(other.root, { recursive: true })
    })
  },
)
