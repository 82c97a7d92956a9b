import { expect, it } from 'vitest'
import { safeReturnTo } from './return-to.ts'

const origin = new URL('https://store.example')

it.each([
  ['/', '/'],
  ['/apps?q=a%20b#top', '/apps?q=a%20b#top'],
  ['/a/../b', '/b'],
  ['/apps?back=//evil.example', '/apps?back=//evil.example'],
])('leads back to %s', (asked, path) => {
  expect(safeReturnTo(asked, origin)).toBe(path)
})

it.each([
  undefined,
  'apps',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  '/.//evil.example/',
  '/a/..//evil.example/',
  '/%2e//evil.example/',
  '/./\\evil.example/',
])('does not leave the store with %j', (asked) => {
  expect(safeReturnTo(asked, origin)).toBe('/')
})
