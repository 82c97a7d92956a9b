import { expect, it } from 'vitest'
import { retryMs } from './store-events.ts'

it('waits longer after each failure, up to half a minute, and not all pages alike', () => {
  expect([1, 2, 3, 5, 9, 90].map((failures) => retryMs(failures, 1))).toEqual([
    1_000, 2_000, 4_000, 16_000, 30_000, 30_000,
  ])
  expect(retryMs(1, 0)).toBe(500)
})
