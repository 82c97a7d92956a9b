import { expect, it } from 'vitest'
import { describeLimit, limitFields, quotaFields, readLimit, writeLimit } from './limit-fields.ts'

const memory = limitFields.find(({ name }) => name === 'memoryBytes')!
const cpu = limitFields.find(({ name }) => name === 'cpuMillis')!
const quota = quotaFields[0]!

it('reads what it writes', () => {
  for (const bytes of [2 ** 30, 1.5 * 2 ** 30, 300 * 2 ** 20, 2 ** 20 + 1])
    expect(readLimit(memory, writeLimit(memory, bytes))).toBe(bytes)
  expect(readLimit(quota, writeLimit(quota, 12))).toBe(12)
})

it.each([
  ['1Gi', 2 ** 30],
  ['1 GiB', 2 ** 30],
  ['512 MiB', 512 * 2 ** 20],
  ['1G', 1e9],
])('takes %s for a size', (text, bytes) => {
  expect(readLimit(memory, text)).toBe(bytes)
})

it.each(['', 'much', '-1', '1.5', '1e99'])('takes “%s” for no number of things', (text) => {
  expect(readLimit(quota, text)).toBe(undefined)
})

it('says what nothing means', () => {
  expect(describeLimit(cpu, 0)).toBe('no limit')
  expect(describeLimit(quota, 0)).toBe('0')
  expect(describeLimit(memory, 2 ** 30)).toBe('1 GiB')
})
