import { expect, it } from 'vitest'
import { LogBuffer } from './log-buffer.ts'
import { MatchIndex } from './match-index.ts'

it('finds whatever the case and the colours, as the log grows', () => {
  const buffer = new LogBuffer()
  const index = new MatchIndex('Error')
  buffer.append('one\n\u001b[31mER\u001b[0mROR two\nerr')
  expect(index.of(buffer.snapshot())).toEqual([1])
  buffer.append('or three\nfour\nan error\n')
  expect(index.of(buffer.snapshot())).toEqual([1, 2, 4])
})

it('forgets the lines that were dropped, and keeps numbers from the beginning', () => {
  const buffer = new LogBuffer({ maxLines: 2 })
  const index = new MatchIndex('x')
  for (const line of ['x0', 'y1', 'x2', 'x3']) {
    buffer.append(`${line}\n`)
    index.of(buffer.snapshot())
  }
  expect(index.of(buffer.snapshot())).toEqual([2, 3])
})

it('begins anew with a log that is another one', () => {
  const index = new MatchIndex('x')
  index.of({ lines: ['x', 'x'], droppedCount: 0 })
  expect(index.of({ lines: ['x'], droppedCount: 0 })).toEqual([0])
})

it('finds nothing without a text', () => {
  expect(new MatchIndex('').of({ lines: ['a'], droppedCount: 0 })).toEqual([])
})
