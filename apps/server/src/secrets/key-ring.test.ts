import { describe, expect, it } from 'vitest'
import { newKey } from './key-file.ts'
import { KeyRing } from './key-ring.ts'

const place = { secretId: 'a', key: 'password' }
const value = { text: 'correct horse' }

describe('a key ring', () => {
  const [current, previous] = [newKey(), newKey()]
  const ring = new KeyRing([current, previous])
  const sealed = ring.seal(value, place)

  it('opens at the place for which it sealed', () => {
    expect(ring.open(sealed, place)).toEqual(value)
    expect(ring.open(ring.seal({ base64: 'AAEC' }, place), place)).toEqual({ base64: 'AAEC' })
    expect(sealed).not.toContain('correct')
  })

  it.each([
    ['another secret', { ...place, secretId: 'b' }],
    ['another key name', { ...place, key: 'user' }],
  ])('opens nothing that was moved to %s', (_where, other) => {
    expect(ring.open(sealed, other)).toBeUndefined()
  })

  it('opens what an earlier key sealed, and says which that was', () => {
    const old = new KeyRing([previous]).seal(value, place)
    expect(ring.open(old, place)).toEqual(value)
    expect(ring.knows(old)).toBe(true)
    expect([sealed.startsWith(ring.currentPrefix), old.startsWith(ring.currentPrefix)]).toEqual([true, false])
  })

  it('opens nothing without the key, and nothing that was changed', () => {
    const stranger = new KeyRing([newKey()])
    expect([stranger.open(sealed, place), stranger.knows(sealed)]).toEqual([undefined, false])
    const [id] = sealed.split('.')
    for (const broken of ['', 'x', `${id}.`, `${id}.AAAA`, `${sealed}AAAA`, sealed.slice(0, -8)])
      expect(ring.open(broken, place)).toBeUndefined()
  })

  it('without any key keeps nothing', () => {
    const empty = new KeyRing([])
    expect(empty.canSeal).toBe(false)
    expect(() => empty.seal(value, place)).toThrow('no key')
  })
})
