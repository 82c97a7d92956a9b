import { statSync } from 'node:fs'
import { askableApp, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instancePaths, storePaths } from './store-paths.ts'
import { floodLog } from './testing/log-flood.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'

const mib = 1 << 20

describe.skipIf(noSandboxes)('a flood of lines', () => {
  let bench: StoreBench

  beforeEach(() => {
    bench = new StoreBench({ logMaxBytes: 16 * mib })
  })
  afterEach(() => bench.dispose())

  it('neither fills the disk nor the supervisor, and a follower is told of all that it missed', async () => {
    const flood = await floodLog(bench, { bytes: 64 * mib, restSeconds: 0.005 })
    expect(flood.written).toBeGreaterThanOrEqual(64 * mib)
    expect(flood.gaps).toEqual([])
    expect(flood.got + flood.told).toBe(flood.written)
    expect(flood.mostBytes).toBeLessThan(16 * mib)
    expect(flood.grownBytes).toBeLessThan(48 * mib)
  })

  it('leaves positions in the log as they are', async () => {
    await using runtime = await bench.open()
    const spec = bench.specOf(askableApp)
    const { ask } = await startAskable(runtime, spec)
    const { currentLog } = instancePaths(storePaths(bench.dataDir), spec.id)
    const isShort = () =>
      expect.poll(() => statSync(currentLog).blocks * 512, { timeout: 30_000 }).toBeLessThan(8 * mib)
    await ask(`import os\nos.write(1, b'before\\n' * 2000000 + b'here\\n')`)
    await isShort()
    const { size } = statSync(currentLog)
    expect(await textOf(runtime, spec.id, { offset: size - 5 })).toBe('here\n')
    await ask(`import os\nos.write(1, b'between\\n' * 200000)`)
    expect(await textOf(runtime, spec.id, { offset: size - 5 })).toBe(`here\n${'between\n'.repeat(200_000)}`)
    await ask(`import os\nos.write(1, b'after\\n' * 2000000)`)
    await isShort()
    const text = await textOf(runtime, spec.id, { offset: size - 5 })
    expect(text).toMatch(/^# runtime: the log grew too long: \d+ bytes were dropped here\nafter\n/)
    const dropped = Number(/: (\d+) bytes/.exec(text)?.[1])
    expect(dropped + text.slice(text.indexOf('\n') + 1).length).toBe(5 + 200_000 * 8 + 2_000_000 * 6)
  })
})
