import { StoreError } from '@wave-store/client'
import { expect, it } from 'vitest'
import { formProblems } from './form-problems.ts'

function refusal(...problems: [entry: string, message: string][]): StoreError {
  return new StoreError({
    code: 'invalid_request',
    status: 400,
    detail: 'all of it',
    problems: problems.map(([entry, message]) => ({ severity: 'error', code: 'x', message, place: { entry } })),
  })
}

const fields = ['username', 'roles'] as const
const of = (error: Error | null, body?: object) => formProblems(error, { fields, uniqueField: 'username', body })

it('puts each problem at its field, and names the entry of a list that is meant', () => {
  const error = refusal(['body.username', 'Letters only'], ['body.roles.1', 'No spaces'], ['body.roles.2', 'Too long'])
  expect(of(error, { roles: ['one', 'data team', 'three'] })).toEqual({
    fields: { username: 'Letters only', roles: '“data team”: No spaces' },
    rest: null,
  })
})

it('keeps whole what belongs to no field', () => {
  const foreign = refusal(['body.username', 'Letters only'], ['body', 'Unknown key'])
  expect(of(foreign)).toEqual({ fields: { username: 'Letters only' }, rest: foreign })
  const elsewhere = refusal(['path.username', 'Not here'])
  expect(of(elsewhere)).toEqual({ fields: {}, rest: elsewhere })
  const broken = new Error('broken')
  expect(of(broken)).toEqual({ fields: {}, rest: broken })
  expect(of(null)).toEqual({ fields: {}, rest: null })
})

it('says at the one field that must be unique that it is taken', () => {
  const taken = new StoreError({ code: 'conflict', status: 409, detail: 'There is one.', problems: [] })
  expect(of(taken)).toEqual({ fields: { username: 'There is one.' }, rest: null })
  expect(formProblems(taken, { fields, body: undefined })).toEqual({ fields: {}, rest: taken })
})
