import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { LogPosition } from './log-position.ts'

function positionAfter(text: string, chunkBytes: number, from = 0): number {
  const position = new LogPosition(from)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += chunkBytes) position.pass(bytes.subarray(at, at + chunkBytes))
  return position.bytes
}

const notice = '# runtime: the log grew too long: 1000 bytes were dropped here'

it.each([1, 7, 10_000])('counts bytes, and those that were dropped, in pieces of %d', (chunkBytes) => {
  expect(positionAfter('häh\nx', chunkBytes, 5)).toBe(5 + 6)
  expect(positionAfter(`${notice}\nafter\n`, chunkBytes)).toBe(1000 + 6)
  expect(positionAfter(`with\n\n${notice}, from within a line\nafter\n`, chunkBytes)).toBe(5 + 1000 + 6)
  expect(positionAfter(`${'x'.repeat(500)}\n${notice} or so\n`, chunkBytes)).toBe(501 + notice.length + 7)
})
