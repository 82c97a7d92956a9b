import type { Session } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { entriesFor, pageEntries } from './palette-entries.ts'

const user = { id: '', name: '', email: '', isAdmin: true, hasFullAccess: true, roles: [] }
const can: Session['can'] = { importApps: true, administer: true, seeTags: true }
const pathsFor = (search: string) => entriesFor(pageEntries({ user, can }), search).map(({ path }) => path)

it('finds pages by the beginnings of words, of their kind too', () => {
  expect(pathsFor('my inst')).toEqual(['/instances'])
  expect(pathsFor('secr')).toEqual(['/secrets', '/admin/secrets'])
  expect(pathsFor('admin secr')).toEqual(['/admin/secrets'])
  expect(pathsFor('ecrets')).toEqual([])
})

it('offers nobody what is not for them', () => {
  const visitor = { ...user, isAdmin: false, hasFullAccess: false }
  const nothing: Session['can'] = { importApps: false, administer: false, seeTags: false }
  const paths = pageEntries({ user: visitor, can: nothing }).map(({ path }) => path)
  expect(paths).toEqual(['/home', '/catalog', '/instances', '/activity', '/access'])
  expect(pageEntries({ user: null, can: nothing }).map(({ path }) => path)).toEqual(['/catalog'])
})
