import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, isVersion, normaliseVersion, rankKey, sameRank } from './version.ts'

/** From lowest to highest rank, as semver.org gives them and beyond what a double holds. */
const ordered = [
  '0.0.1',
  '1.0.0-0',
  '1.0.0-2',
  '1.0.0-10',
  '1.0.0-99999999999999999998',
  '1.0.0-99999999999999999999',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.10',
  '1.2.0',
  '1.10.0',
  '99999999999999999999.0.0',
  '100000000000000000000.0.0',
]

const number = fc.integer({ min: 0, max: 10 ** 9 }).map(String)
const word = fc.stringMatching(/^[0-9]{0,3}[A-Za-z-][0-9A-Za-z-]{0,5}$/)
const identifiers = fc.array(fc.oneof(number, word), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
const suffix = (mark: string) =>
  fc.option(identifiers, { nil: undefined }).map((text) => (text ? `${mark}${text}` : ''))
const versions = fc
  .tuple(number, number, number, suffix('-'), suffix('+'))
  .map(([major, minor, patch, prerelease, build]) => `${major}.${minor}.${patch}${prerelease}${build}`)

describe('the order of versions', () => {
  it('is the one of semver.org, exact for numbers of any size', () => {
    expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered)
    for (let index = 1; index < ordered.length; index++) {
      expect(compareVersions(ordered[index - 1]!, ordered[index]!)).toBeLessThan(0)
    }
  })

  it('takes no notice of build metadata', () => {
    expect(sameRank('1.0.0+linux', '1.0.0+mac.5')).toBe(true)
    expect(sameRank('1.0.0-rc.1+x', '1.0.0')).toBe(false)
    expect(rankKey('1.0.0-rc.1+x-y.z')).toBe('1.0.0-rc.1')
  })

  it('is total: reversible, transitive, and equal exactly for equal keys', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
        }
        expect(sameRank(a, b)).toBe(rankKey(a) === rankKey(b))
      }),
    )
  })

  it('exists among semantic versions only', () => {
    expect(() => compareVersions('1.0', '1.0.0')).toThrow(TypeError)
  })
})

describe('a version', () => {
  it('is what semver.org says', () => {
    fc.assert(
      fc.property(versions, (version) => {
        expect(isVersion(version)).toBe(true)
      }),
    )
    for (const text of ['1.0', 'v1.0.0', '01.0.0', '1.0.0-01', '1.0.0-', '1.0.0+', '1.0.0 ', ' 1.0.0', '1.0.0-ä', ''])
      expect(isVersion(text), text).toBe(false)
  })

  it('with a hyphen before many digits is a word, not a number', () => {
    expect(isVersion('1.0.0-a-99999999999999999999')).toBe(true)
    expect(isVersion('1.0.0-99999999999999999999')).toBe(false)
  })

  it('stays itself when normalised, and what comes out is one', () => {
    fc.assert(
      fc.property(versions, (version) => {
        expect(normaliseVersion(version)).toBe(version)
      }),
    )
    const loose = fc.array(fc.constantFrom(...'019.-+av '.split('')), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(loose, (text) => {
        const normal = normaliseVersion(text)
        if (normal !== undefined) expect(isVersion(normal)).toBe(true)
      }),
    )
  })
})
