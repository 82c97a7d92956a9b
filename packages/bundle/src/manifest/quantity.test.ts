import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuantity } from './quantity.ts'

/** The field's own pattern for quantities. */
const grammar = /^[+-]?(\d+(\.\d*)?|\.\d+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/

describe('a quantity', () => {
  it.each([
    ['0', 0n],
    ['1', 1n],
    ['128974848', 128974848n],
    ['129e6', 129_000_000n],
    ['129M', 129_000_000n],
    ['123Mi', 123n * 1024n ** 2n],
    ['1.5Gi', 1_610_612_736n],
    ['.5Ki', 512n],
    ['5.', 5n],
    ['1E', 10n ** 18n],
    ['1E3', 1000n],
    ['1e-3', 1n],
    ['1Ei', 1024n ** 6n],
    ['0.1', 1n],
    ['100m', 1n],
    ['+2k', 2000n],
    ['-2k', -2000n],
    ['-1.5', -1n],
  ])('%s is so many bytes, rounded up: %s', (text, bytes) => {
    expect(parseQuantity(text)?.bytes).toBe(bytes)
  })

  it('counts thousandths of a processor exactly', () => {
    expect(parseQuantity('500m')?.millis).toBe(500n)
    expect(parseQuantity('1.5')?.millis).toBe(1500n)
    expect(parseQuantity('0.0001')?.millis).toBe(1n)
  })

  it.each(['', ' ', '.', '1 Gi', '1gi', '1KB', 'Gi', '1e', '1e999', '0x10', '١', '1'.repeat(50), '--1', '1.2.3'])(
    '%j is none',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined()
    },
  )

  it('is whatever the grammar says, and nothing else', () => {
    const part = fc.constantFrom(...'0159.+-eEnumkMGTPi '.split(''))
    const texts = fc.array(part, { maxLength: 7 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const exponent = Number(/[eE]([+-]?\d+)$/.exec(text)?.[1] ?? 0)
        fc.pre(Math.abs(exponent) <= 30)
        expect(parseQuantity(text) !== undefined).toBe(grammar.test(text))
      }),
    )
  })

  it('means the same with another unit', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), (amount) => {
        expect(parseQuantity(`${amount}Ki`)?.bytes).toBe(amount * 1024n)
        expect(parseQuantity(`${amount}Mi`)?.nanos).toBe(parseQuantity(`${amount * 1024n}Ki`)?.nanos)
        expect(parseQuantity(`${amount}m`)?.millis).toBe(amount)
        expect(parseQuantity(`${amount}e3`)?.bytes).toBe(parseQuantity(`${amount}k`)?.bytes)
      }),
    )
  })
})
