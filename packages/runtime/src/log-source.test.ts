import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { linesOfSource } from './log-source.ts'
import type { LogOptions } from './runtime.ts'

const log = 'one\n[wave] two\n# runtime: dropped\n[wav\n\n[wave] \n[wave] three\nlast [wave] x'

const texts: [LogOptions['source'], string][] = [
  ['all', log],
  ['app', 'one\n# runtime: dropped\n[wav\n\nlast [wave] x'],
  ['wave', 'two\n# runtime: dropped\n\nthree\n'],
]

it.each(texts)('takes the lines of %s, in pieces of any size', async (source, expected) => {
  for (let size = 1; size <= log.length; size++) {
    expect((await taken(log, size, { source })).join('')).toBe(expected)
  }
})

it('passes on a line whose end has not come yet', async () => {
  expect((await taken('begun, not ended', 6, { source: 'app' }))[0]).toBe('begun,')
  expect(await taken('[wave] begun, not', 10, { source: 'wave' })).toEqual(['beg', 'un, not'])
  expect(await taken('[wa', 3, { source: 'app' })).toEqual(['[wa'])
})

it('leaves out the line that a beginning counted from the end has cut', async () => {
  expect(await taken('lf\n[wave] two\n', 100, { source: 'wave', offset: -14 })).toEqual(['two\n'])
})

async function taken(text: string, size: number, options: LogOptions): Promise<string[]> {
  async function* pieces() {
    for (let from = 0; from < text.length; from += size) yield Buffer.from(text.slice(from, from + size))
  }
  const found: string[] = []
  for await (const piece of linesOfSource(pieces(), options)) found.push(Buffer.from(piece).toString())
  return found
}
