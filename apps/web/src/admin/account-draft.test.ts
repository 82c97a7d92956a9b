import { expect, it } from 'vitest'
import { draftOf, emptyDraft, rolesOf } from './account-draft.ts'

it('keeps the administrator’s role apart from the others', () => {
  const account = {
    id: '',
    username: 'grace',
    name: 'Grace',
    email: '',
    roles: ['data-team', 'ops', 'finance'],
    isDisabled: false,
    mustChangePassword: false,
    createdAt: '',
    can: { update: true, disable: true },
  }
  const draft = draftOf(account, 'ops')
  expect(draft).toMatchObject({ isAdmin: true, otherRoles: 'data-team, finance' })
  expect(rolesOf(draft, 'ops')).toEqual(['ops', 'data-team', 'finance'])
})

it('reads every role once, whatever stands between the commas', () => {
  expect(rolesOf({ ...emptyDraft, otherRoles: ' one, ,two,one,' }, 'admin')).toEqual(['one', 'two'])
  expect(rolesOf({ ...emptyDraft, isAdmin: true, otherRoles: 'admin' }, 'admin')).toEqual(['admin'])
  expect(rolesOf(emptyDraft, 'admin')).toEqual([])
})
