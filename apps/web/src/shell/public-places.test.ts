import { expect, it } from 'vitest'
import { destinationsOf } from './destinations.ts'
import { isPublicPlace } from './public-places.ts'

it('shows the Catalog and pages of apps to everybody, and nothing else', () => {
  const open = ['/', '/catalog', '/catalog/', '/apps/1', '/apps/1/versions']
  const closed = [
    '/home',
    '/instances',
    '/my-apps',
    '/apps',
    '/admin/tags',
    '/access',
    '/activity',
    '/catalogue',
    '/apps/1/a/b',
  ]
  expect(open.filter((path) => !isPublicPlace(path))).toEqual([])
  expect(closed.filter(isPublicPlace)).toEqual([])
})

const user = { id: '', name: '', email: '', isAdmin: false, hasFullAccess: true, roles: [] }
const labelsFor = (...[session]: Parameters<typeof destinationsOf>) => destinationsOf(session).map(({ label }) => label)

it('leads nobody to what is not for them', () => {
  const nothing = { importApps: false, administer: false, seeTags: false }
  expect(labelsFor({ user: null, can: nothing })).toEqual(['Catalog'])
  expect(labelsFor({ user: { ...user, hasFullAccess: false }, can: nothing })).toEqual([
    'Home',
    'Catalog',
    'My Instances',
  ])
  expect(labelsFor({ user, can: { ...nothing, importApps: true } })).toEqual([
    'Home',
    'Catalog',
    'My Instances',
    'My Apps',
  ])
  expect(labelsFor({ user, can: { importApps: true, administer: true, seeTags: true } }).at(-1)).toBe('Admin')
})
