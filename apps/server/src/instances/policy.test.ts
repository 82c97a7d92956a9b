import { expect, it } from 'vitest'
import type { Actor } from '../actor.ts'
import { may } from './policy.ts'

const person = (id: string, isAdmin = false): Actor => ({
  id,
  subject: id,
  name: id,
  email: `${id}@example.com`,
  isAdmin,
})
const people = {
  owner: person('owner'),
  appOwner: person('appOwner'),
  stranger: person('stranger'),
  admin: person('admin', true),
}
const instance = (visibility: 'PRIVATE' | 'ALL_USERS') => ({ ownerId: 'owner', appOwnerId: 'appOwner', visibility })

it.each([
  ['see', 'PRIVATE', ['owner', 'appOwner', 'admin']],
  ['see', 'ALL_USERS', ['owner', 'appOwner', 'stranger', 'admin']],
  ['open', 'PRIVATE', ['owner']],
  ['open', 'ALL_USERS', ['owner', 'appOwner', 'stranger', 'admin']],
  ['readLogs', 'PRIVATE', ['owner', 'appOwner', 'admin']],
  ['readLogs', 'ALL_USERS', ['owner', 'appOwner', 'admin']],
  ['update', 'ALL_USERS', ['owner', 'admin']],
  ['restart', 'ALL_USERS', ['owner', 'admin']],
  ['terminate', 'ALL_USERS', ['owner', 'admin']],
] as const)('lets the right people %s a %s instance', (verb, visibility, wanted) => {
  const allowed = Object.entries(people).filter(([, actor]) => may[verb](actor, instance(visibility)))
  expect(allowed.map(([name]) => name)).toEqual(wanted)
})
