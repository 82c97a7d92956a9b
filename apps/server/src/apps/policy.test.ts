import type { Visibility } from '@wave-store/contract'
import { describe, expect, it } from 'vitest'
import type { Reader } from '../actor.ts'
import { actorWith } from '../testing/actors.ts'
import { type AppFacts, can } from './policy.ts'

const readers: Record<string, Reader> = {
  anonymous: null,
  visitor: actorWith('visitor', 'RB'),
  admitted: actorWith('admitted', 'RA'),
  'owner without access': actorWith('owner'),
  stranger: actorWith('stranger', 'full'),
  owner: actorWith('owner', 'full'),
  admin: actorWith('admin', 'admin'),
}

const app = (visibility: Visibility, change: Partial<AppFacts> = {}): AppFacts => ({
  ownerId: 'owner',
  visibility,
  lifecycle: 'ON_DEMAND',
  visitorRoles: ['RA', 'RC'],
  ...change,
})

const allowed = (verb: keyof typeof can, facts: AppFacts) =>
  Object.keys(readers).filter((name) => can[verb](readers[name]!, facts))

describe('can', () => {
  const all = Object.keys(readers)
  it.each([
    ['see', 'PRIVATE', ['owner', 'admin']],
    ['see', 'ALL_USERS', ['admitted', 'stranger', 'owner', 'admin']],
    ['see', 'PUBLIC', all],
    ['launch', 'PRIVATE', ['owner']],
    ['launch', 'ALL_USERS', ['admitted', 'stranger', 'owner', 'admin']],
    ['launch', 'PUBLIC', ['admitted', 'stranger', 'owner', 'admin']],
    ['update', 'ALL_USERS', ['owner', 'admin']],
    ['delete', 'PUBLIC', ['owner', 'admin']],
    ['download', 'PUBLIC', ['owner', 'admin']],
  ] as const)('lets the right people %s a %s app', (verb, visibility, wanted) => {
    expect(allowed(verb, app(visibility))).toEqual(wanted)
  })

  it('shows no visitor an app whose tags admit no role', () => {
    expect(allowed('see', app('ALL_USERS', { visitorRoles: [] }))).toEqual(['stranger', 'owner', 'admin'])
  })

  it('lets nobody launch a link, and only who looks after it a managed app', () => {
    expect(allowed('launch', app('ALL_USERS', { lifecycle: 'LINK' }))).toEqual([])
    expect(allowed('launch', app('ALL_USERS', { lifecycle: 'MANAGED' }))).toEqual(['owner', 'admin'])
  })

  it('admits visitors by their roles alone (product rules, worked example)', () => {
    const [ua, ub] = [actorWith('UA', 'RA'), actorWith('UB', 'RB')]
    const [ta, tb] = [['RA', 'RC'], ['RB']] as const
    const apps = {
      A1: app('ALL_USERS', { visitorRoles: [] }),
      A2: app('ALL_USERS', { visitorRoles: ta }),
      A3: app('PRIVATE', { visitorRoles: [...ta, ...tb] }),
    }
    const seen = (reader: Reader) =>
      Object.entries(apps).flatMap(([name, facts]) =>
        can.see(reader, facts) && can.launch(reader, facts) ? [name] : [],
      )
    expect(seen(ua)).toEqual(['A2'])
    expect(seen(ub)).toEqual([])
  })
})
