import type { Secret } from '@wave-store/contract'
import { describe, expect, it } from 'vitest'
import { draftOfSecret, emptySecret, newRow, rowProblems, secretChanges, secretOf, withValues } from './secret-draft.ts'

const at = '2026-01-01T00:00:00.000Z'
const secret: Secret = {
  id: '1',
  name: 'db',
  description: 'Of the tests',
  kind: 'own',
  owner: null,
  keys: ['password', 'user'].map((key) => ({ key, updatedAt: at, isLost: false })),
  audience: null,
  audiencePeople: [],
  usedBy: [],
  useCount: 0,
  createdAt: at,
  updatedAt: at,
  can: { update: true, delete: true },
}

describe('a new secret', () => {
  it('is sent with the keys that have a name, and for whom it is', () => {
    const rows = [newRow(' user ', 'dana'), newRow(), { ...newRow('store'), value: { file: 'a.p12', base64: 'AA==' } }]
    const draft = { ...emptySecret('shared', { name: ' db ' }), rows }
    const values = { user: { text: 'dana' }, store: { base64: 'AA==' } }
    const sent = { name: 'db', description: '', values, kind: 'shared' }
    expect(secretOf(draft)).toEqual({ ...sent, audience: { kind: 'everyone' } })
    const people = [{ id: '7', name: 'Dana', email: '' }]
    const audience = { isForEveryone: false, people, apps: 'one app, two\n\ntwo' }
    expect(secretOf({ ...draft, audience })).toEqual({
      ...sent,
      audience: { kind: 'some', people: ['7'], apps: ['one app', 'two'] },
    })
  })

  it('names what is wrong with its keys', () => {
    const rows = [newRow('a'), newRow('a'), newRow('a b'), newRow('', 'value'), newRow()]
    expect(rows.map(({ id }) => rowProblems(rows).get(id) !== undefined)).toEqual([false, true, true, true, false])
  })
})

describe('a secret that is edited', () => {
  const draft = () => draftOfSecret(secret, ['user', 'url'])

  it('has the keys that are asked for, and keeps the values that were not touched', () => {
    expect(draft().rows.map(({ key, kept }) => [key, kept !== null])).toEqual([
      ['password', true],
      ['user', true],
      ['url', false],
    ])
    expect(secretChanges(secret, draftOfSecret(secret))).toEqual({})
  })

  it('is sent as what is different', () => {
    const [password, user, url] = draft().rows
    const rows = [
      { ...password!, isRemoved: true },
      { ...user!, value: { text: 'uri' } },
      { ...url!, value: { text: '' } },
    ]
    expect(secretChanges(secret, { ...draft(), description: '', rows })).toEqual({
      description: '',
      set: { user: { text: 'uri' }, url: { text: '' } },
      remove: ['password'],
    })
  })

  it('takes values over by their keys, and the rest as new ones', () => {
    const rows = withValues(
      [...draft().rows, newRow()],
      [
        { key: 'user', value: 'uri' },
        { key: 'more', value: '1' },
      ],
    )
    expect(rows.map(({ key, value }) => [key, value])).toEqual([
      ['password', null],
      ['user', { text: 'uri' }],
      ['url', { text: '' }],
      ['more', { text: '1' }],
    ])
  })
})
