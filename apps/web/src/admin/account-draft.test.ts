import { expect, it } from 'vitest'
import { draftOf, emptyDraft, rolesOf } from './account-draft.ts'

it('keeps the administrator’s role apart from the others', () => {
  const draft = draftOf({
    id: '',
    username: 'grace',
    name: 'Grace',
    email: '',
    roles: ['data-team', 'admin', 'finance'],
    isDisabled: false,
    mustChangePassword: false,
    createdAt: '',
    can: { update: true, disable: true },
  })
  expect(draft).toMatchObject({ isAdmin: true, otherRoles: 'data-team, finance' })
  expect(rolesOf(draft)).toEqual(['admin', 'data-team', 'finance'])
})

it('reads every role once, whatever stands between the commas', () => {
  expect(rolesOf({ ...emptyDraft, otherRoles: ' one, ,two,one,' })).toEqual(['one', 'two'])
  expect(rolesOf({ ...emptyDraft, isAdmin: true, otherRoles: 'admin' })).toEqual(['admin'])
  expect(rolesOf(emptyDraft)).toEqual([])
})
