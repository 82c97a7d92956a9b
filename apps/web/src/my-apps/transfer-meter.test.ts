import { expect, it } from 'vitest'
import { TransferMeter } from './transfer-meter.ts'

it('waits for something to reckon with', () => {
  const meter = new TransferMeter(1000)
  expect(meter.add(0, 0)).toEqual({ bytesPerSecond: null, remainingMs: null })
  expect(meter.add(100, 500)).toEqual({ bytesPerSecond: null, remainingMs: null })
})

it('reckons from the speed of the last seconds', () => {
  const meter = new TransferMeter(100_000)
  meter.add(0, 0)
  expect(meter.add(1_000, 10_000)).toEqual({ bytesPerSecond: 10_000, remainingMs: 9_000 })
  for (let second = 2; second <= 20; second += 1) meter.add(second * 1_000, 10_000 + (second - 1) * 1_000)
  expect(meter.add(21_000, 30_000)).toEqual({ bytesPerSecond: 1_000, remainingMs: 70_000 })
})

it('knows no remaining time while nothing moves', () => {
  const meter = new TransferMeter(1000)
  meter.add(0, 500)
  expect(meter.add(2_000, 500)).toEqual({ bytesPerSecond: 0, remainingMs: null })
})
