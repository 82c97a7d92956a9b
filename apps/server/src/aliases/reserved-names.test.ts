import { describe, expect, it } from 'vitest'
import { reservedBecause } from './reserved-names.ts'

const addresses = { publicUrl: new URL('https://shop.example.org'), appsHost: 'example.org' }

describe('names that nobody gets', () => {
  it.each([
    ['www', /expect something/],
    ['mail', /expect something/],
    ['store', /store itself/],
    ['admin', /store itself/],
    ['login', /password/],
    ['sso', /password/],
    ['0f8fad5b-d9cb-469f-a165-70867728950e', /id of an instance/],
    ['0f8fad5bd9cb469fa16570867728950e', /id of an instance/],
    ['xn--bcher-kva', /other letters/],
    ['ab--cd', /other letters/],
    ['shop', /the store is there/],
  ])('are %s and its like', (name, reason) => {
    expect(reservedBecause(name, addresses)).toMatch(reason)
  })

  it.each(['demo', 'churn-explorer', 'www2', 'my-store', 'a-b--c', '2024'])('are not %s', (name) => {
    expect(reservedBecause(name, addresses)).toBeNull()
  })
})
