import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { TextSealer } from './sealed-text.ts'

const newSealer = () => new TextSealer(randomBytes(32).toString('base64url'))

describe('sealed text', () => {
  const sealer = newSealer()
  const sealed = sealer.seal('a refresh token', 'dana')

  it('opens for whom it was sealed', () => {
    expect(sealed).not.toContain('refresh')
    expect(sealer.open(sealed, 'dana')).toBe('a refresh token')
  })

  it('is never the same twice', () => {
    expect(sealer.seal('a refresh token', 'dana')).not.toBe(sealed)
  })

  it.each([
    ['somebody else', () => sealer.open(sealed, 'uri')],
    ['another key', () => newSealer().open(sealed, 'dana')],
    ['a changed byte', () => sealer.open(`${sealed.slice(0, -2)}${sealed.endsWith('A') ? 'B' : 'A'}A`, 'dana')],
    ['a shortened text', () => sealer.open(sealed.slice(0, 20), 'dana')],
    ['nothing', () => sealer.open('', 'dana')],
  ])('does not open with %s', (_what, open) => {
    expect(open()).toBeUndefined()
  })
})
