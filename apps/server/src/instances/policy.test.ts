import type { Visibility } from '@wave-store/contract'
import { expect, it } from 'vitest'
import type { Reader } from '../actor.ts'
import { actorWith } from '../testing/actors.ts'
import { type InstanceFacts, may } from './policy.ts'

const readers: Record<string, Reader> = {
  anonymous: null,
  visitor: actorWith('visitor', 'RB'),
  admitted: actorWith('admitted', 'RA'),
  stranger: actorWith('stranger', 'full'),
  owner: actorWith('owner', 'full'),
  appOwner: actorWith('appOwner', 'full'),
  admin: actorWith('admin', 'admin'),
}
const all = Object.keys(readers)

const instance = (visibility: Visibility, change: Partial<InstanceFacts['app']> = {}): InstanceFacts => ({
  ownerId: 'owner',
  visibility,
  app: { ownerId: 'appOwner', visibility: 'ALL_USERS', lifecycle: 'ON_DEMAND', visitorRoles: ['RA'], ...change },
})

const allowed = (verb: keyof typeof may, facts: InstanceFacts) => all.filter((name) => may[verb](readers[name]!, facts))

it.each([
  ['see', 'PRIVATE', ['owner', 'appOwner', 'admin']],
  ['see', 'ALL_USERS', ['stranger', 'owner', 'appOwner', 'admin']],
  ['see', 'PUBLIC', ['stranger', 'owner', 'appOwner', 'admin']],
  ['open', 'PRIVATE', ['owner']],
  ['open', 'ALL_USERS', ['stranger', 'owner', 'appOwner', 'admin']],
  ['open', 'PUBLIC', all],
  ['readLogs', 'PRIVATE', ['owner', 'appOwner', 'admin']],
  ['readLogs', 'PUBLIC', ['owner', 'appOwner', 'admin']],
  ['update', 'ALL_USERS', ['owner', 'admin']],
  ['restart', 'ALL_USERS', ['owner', 'admin']],
  ['terminate', 'ALL_USERS', ['owner', 'admin']],
] as const)('lets the right people %s a %s instance', (verb, visibility, wanted) => {
  expect(allowed(verb, instance(visibility))).toEqual(wanted)
})

it('lets visitors open managed instances of the apps that they may see', () => {
  const managed = { lifecycle: 'MANAGED' } as const
  expect(allowed('open', instance('ALL_USERS', managed))).toContain('admitted')
  expect(allowed('open', instance('ALL_USERS', managed))).not.toContain('visitor')
  expect(allowed('open', instance('PRIVATE', managed))).toEqual(['owner'])
})

it('gives a visitor their own instance, but no logs', () => {
  const mine: InstanceFacts = { ...instance('PRIVATE'), ownerId: 'visitor' }
  const visitor = readers.visitor!
  const verbs = (Object.keys(may) as (keyof typeof may)[]).filter((verb) => may[verb](visitor, mine))
  expect(verbs).toEqual(['see', 'open', 'readMetrics', 'update', 'restart', 'suspend', 'resume', 'terminate'])
})
