import { StoreError } from '@wave-store/client'
import { expect, it } from 'vitest'
import { accountProblems, draftOf, emptyDraft, rolesOf } from './account-draft.ts'

function refusal(...problems: [entry: string, message: string][]): StoreError {
  return new StoreError({
    code: 'invalid_request',
    status: 400,
    detail: 'all of it',
    problems: problems.map(([entry, message]) => ({ severity: 'error', code: 'x', message, place: { entry } })),
  })
}

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

it('puts each problem at its field, and names the role that is meant', () => {
  const error = refusal(['body.username', 'Letters only'], ['body.roles.1', 'No spaces'])
  expect(accountProblems(error, ['one', 'data team'])).toEqual({
    fields: { username: 'Letters only', roles: '“data team”: No spaces' },
    rest: null,
  })
})

it('keeps whole what belongs to no field', () => {
  const foreign = refusal(['body.username', 'Letters only'], ['body', 'Unknown key'])
  expect(accountProblems(foreign, [])).toEqual({ fields: { username: 'Letters only' }, rest: foreign })
  const broken = new Error('broken')
  expect(accountProblems(broken, [])).toEqual({ fields: {}, rest: broken })
  expect(accountProblems(null, [])).toEqual({ fields: {}, rest: null })
})

it('says at the username that it is taken', () => {
  const taken = new StoreError({ code: 'conflict', status: 409, detail: 'There is one.', problems: [] })
  expect(accountProblems(taken, [])).toEqual({ fields: { username: 'There is one.' }, rest: null })
})
