import { manifestText } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { parseRequirements } from '../requirements/parse-requirements.ts'
import { readManifest } from './read-manifest.ts'

const size = 400_000

/** Each took minutes with a pattern or an index that goes over the text again and again. */
describe('a text made to cost time', () => {
  it.each([
    [
      'a key of many parts',
      `${Array(size / 2)
        .fill('a')
        .join('.')} = 1`,
    ],
    [
      'a table of many parts',
      `[${Array(size / 2)
        .fill('a')
        .join('.')}]`,
    ],
    ['many tables', '[[Env]]\n'.repeat(size / 8)],
    ['many unknown keys', Array.from({ length: size / 12 }, (_, index) => `x${index} = 1`).join('\n')],
    ['a long unknown key', `${'x'.repeat(size)} = 1`],
    ['blanks and comments', ' \n#\n'.repeat(size / 4)],
    ['a name of braces', `[App]\nName = "${'{'.repeat(size)}"`],
    ['a version of digits', `[App]\nVersion = "${'9'.repeat(size)}"`],
    ['a module of dots', `[Runtime]\nModule = "${'a.'.repeat(size / 2)}"`],
    ['a nested list', `x = ${'['.repeat(size)}`],
    ['a list of numbers', `x = [${'1,'.repeat(size / 2)}]`],
    ['a quantity of digits', `[Runtime]\nMemoryLimit = "${'1'.repeat(size)}"`],
  ])('is read in no time: %s', (_title, text) => {
    const started = performance.now()
    const { problems } = readManifest(text)
    expect(problems.length).toBeGreaterThan(0)
    expect(Math.max(...problems.map(({ message }) => message.length))).toBeLessThan(1000)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it.each([
    `a${' '.repeat(size)}`,
    `${' '.repeat(size)}x`,
    '['.repeat(size),
    `a${' '.repeat(size)}[b]`,
    `-e${' '.repeat(size)};`,
  ])('is read in no time as requirements: %.20j', (text) => {
    const started = performance.now()
    expect(parseRequirements(text)).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('leaves an ordinary manifest as it is', () => {
    expect(readManifest(manifestText()).problems).toEqual([])
  })
})
