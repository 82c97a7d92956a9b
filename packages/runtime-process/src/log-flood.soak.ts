import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { floodLog } from './testing/log-flood.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'

const mib = 1 << 20

/** A gigabyte as fast as the app can write it; a unit test does the same with less. */
describe.skipIf(noSandboxes)('a log flood of 1 GB', () => {
  let bench: StoreBench

  beforeEach(() => {
    bench = new StoreBench()
  })
  afterEach(() => bench.dispose())

  it('neither fills the disk nor the supervisor, and a follower is told of all that it missed', async () => {
    const flood = await floodLog(bench, { bytes: 10 ** 9 })
    expect(flood.written).toBeGreaterThanOrEqual(10 ** 9)
    expect(flood.gaps).toEqual([])
    expect(flood.got + flood.told).toBe(flood.written)
    // What is written between two looks comes on top of what is kept.
    expect(flood.mostBytes).toBeLessThan(flood.written / 3)
    expect(flood.leftBytes).toBeLessThan(16 * mib)
    expect(flood.grownBytes).toBeLessThan(48 * mib)
    console.log(
      `at most ${Math.round(flood.mostBytes / mib)} MiB on disk, ${Math.round(flood.told / mib)} MiB not read in time`,
    )
  }, 300_000)
})
