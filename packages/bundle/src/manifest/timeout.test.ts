import { describe, expect, it } from 'vitest'
import { parseTimeout } from './timeout.ts'

describe('a timeout', () => {
  it.each([
    ['30s', 30],
    ['15m', 900],
    ['8h', 28_800],
    ['1h30m', 5400],
    ['-1', null],
  ])('%s is %s seconds', (text, seconds) => {
    expect(parseTimeout(text)).toBe(seconds)
  })

  it.each(['', '0s', '30', '-2', '1d', '1.5h', '30m1h', '9000h', '999999999h', 'h'])('%j is none', (text) => {
    expect(parseTimeout(text)).toBeUndefined()
  })
})
