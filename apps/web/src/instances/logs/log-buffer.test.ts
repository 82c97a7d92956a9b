import { expect, it } from 'vitest'
import { LogBuffer } from './log-buffer.ts'

function linesOf(chunks: string[], options = {}): readonly string[] {
  const buffer = new LogBuffer(options)
  for (const chunk of chunks) buffer.append(chunk)
  return buffer.snapshot().lines
}

it('joins lines that arrive in pieces', () => {
  expect(linesOf(['one\ntw', 'o\n', '\nfour'])).toEqual(['one', 'two', '', 'four'])
})

it('shows no empty line after the last line feed', () => {
  expect(linesOf(['one\n'])).toEqual(['one'])
  expect(linesOf([''])).toEqual([])
})

it('shows what a carriage return leaves', () => {
  expect(linesOf(['10 %\r50 %\r100 %\r\ndone\r\n'])).toEqual(['100 %', 'done'])
})

it('keeps the last lines and counts the others', () => {
  const buffer = new LogBuffer({ maxLines: 3 })
  for (let line = 0; line < 10; line += 1) buffer.append(`${line}\n`)
  expect(buffer.snapshot()).toEqual({ lines: ['7', '8', '9'], droppedCount: 7 })
})

it('breaks a line without an end', () => {
  expect(linesOf(['abcdef', 'gh', 'ij\n', '0123456789\n'], { maxLineLength: 4 })).toEqual([
    'abcd',
    'efgh',
    'ij',
    '0123',
    '4567',
    '89',
  ])
})

it('keeps no more characters than it may, however few lines that leaves', () => {
  const buffer = new LogBuffer({ maxChars: 10 })
  buffer.append('1234\n5678\n9abc\n')
  expect(buffer.snapshot()).toEqual({ lines: ['5678', '9abc'], droppedCount: 1 })
})
