import { describe, expect, it } from 'vitest'
import type { Actor } from '../actor.ts'
import { can } from './policy.ts'

const person = (id: string, isAdmin = false): Actor => ({
  id,
  subject: id,
  name: id,
  email: `${id}@example.com`,
  isAdmin,
})
const owner = person('owner')
const stranger = person('stranger')
const admin = person('admin', true)
const app = (visibility: 'PRIVATE' | 'ALL_USERS', lifecycle: 'ON_DEMAND' | 'MANAGED' | 'LINK' = 'ON_DEMAND') => ({
  ownerId: 'owner',
  visibility,
  lifecycle,
})

describe('can', () => {
  it.each([
    ['see', 'PRIVATE', { owner: true, stranger: false, admin: true }],
    ['see', 'ALL_USERS', { owner: true, stranger: true, admin: true }],
    ['launch', 'PRIVATE', { owner: true, stranger: false, admin: false }],
    ['launch', 'ALL_USERS', { owner: true, stranger: true, admin: true }],
    ['update', 'ALL_USERS', { owner: true, stranger: false, admin: true }],
    ['delete', 'ALL_USERS', { owner: true, stranger: false, admin: true }],
    ['download', 'ALL_USERS', { owner: true, stranger: false, admin: true }],
  ] as const)('lets the right people %s a %s app', (verb, visibility, wanted) => {
    expect({
      owner: can[verb](owner, app(visibility)),
      stranger: can[verb](stranger, app(visibility)),
      admin: can[verb](admin, app(visibility)),
    }).toEqual(wanted)
  })

  it('lets nobody launch a link, and only who looks after it a managed app', () => {
    expect([owner, stranger, admin].map((actor) => can.launch(actor, app('ALL_USERS', 'LINK')))).toEqual([
      false,
      false,
      false,
    ])
    expect([owner, stranger, admin].map((actor) => can.launch(actor, app('ALL_USERS', 'MANAGED')))).toEqual([
      true,
      false,
      true,
    ])
  })
})
