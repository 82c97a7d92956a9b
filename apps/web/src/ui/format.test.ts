import { expect, it } from 'vitest'
import { formatAge, formatBytes, formatCount, formatCpu, formatDuration } from './format.ts'

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [1024 ** 2 - 1, '1 MiB'],
  [12.34 * 1024 ** 2, '12.3 MiB'],
  [512 * 1024 ** 2, '512 MiB'],
  [1024 ** 3, '1 GiB'],
  [5000 * 1024 ** 4, '5000 TiB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

it.each([
  [0, 'just now'],
  [-30, 'just now'],
  [59, 'just now'],
  [60, '1 minute ago'],
  [3 * 3600 + 59, '3 hours ago'],
  [86_400, 'yesterday'],
  [12 * 86_400, '12 days ago'],
  [65 * 86_400, '2 months ago'],
  [800 * 86_400, '2 years ago'],
])('says of something %d seconds old: %s', (seconds, text) => {
  const now = Date.parse('2026-05-01T12:00:00Z')
  expect(formatAge(new Date(now - seconds * 1000).toISOString(), now)).toBe(text)
})

it.each([
  [-5, '0 s'],
  [8_400, '8 s'],
  [125_000, '2 min 5 s'],
  [120_000, '2 min'],
  [3 * 3_600_000 + 20 * 60_000 + 9_000, '3 h 20 min'],
  [98 * 3_600_000, '4 d 2 h'],
])('writes a duration of %d ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

it('counts with the right noun', () => {
  expect([formatCount(0, 'app'), formatCount(1, 'app'), formatCount(1204, 'app')]).toEqual([
    '0 apps',
    '1 app',
    '1,204 apps',
  ])
})

it('writes milli-CPUs in CPUs', () => {
  expect([formatCpu(250), formatCpu(1000), formatCpu(2500)]).toEqual(['0.25 CPU', '1 CPU', '2.5 CPUs'])
})
