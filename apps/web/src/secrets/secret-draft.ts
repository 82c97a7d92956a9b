import type { Person, Secret, SecretAudience, SecretValue } from '@wave-store/contract'
import type { NewSecret, SecretChanges } from '../api/secret-queries.ts'
import { t } from '../i18n/t.ts'

/** One key as the form holds it. A kept value stays as it is until another is given. */
export interface KeyRow {
  /** For the form alone. */
  id: number
  key: string
  /** The key is there already, and its value kept. */
  kept: { updatedAt: string; isLost: boolean } | null
  /** Null: leave the kept value. */
  value: { text: string } | { file: string; base64: string } | null
  isRemoved: boolean
}

/** A secret as its form holds it. */
export interface SecretDraft {
  name: string
  description: string
  rows: KeyRow[]
  /** Null: an own one. */
  audience: { isForEveryone: boolean; people: Person[]; apps: string } | null
}

let lastId = 0

export function newRow(key = '', text = ''): KeyRow {
  lastId += 1
  return { id: lastId, key, kept: null, value: { text }, isRemoved: false }
}

/** @param keys that it should have */
export function emptySecret(kind: Secret['kind'], { name = '', keys = [] }: { name?: string; keys?: string[] } = {}) {
  const audience = kind === 'shared' ? { isForEveryone: true, people: [], apps: '' } : null
  const rows = keys.length > 0 ? keys.map((key) => newRow(key)) : [newRow()]
  return { name, description: '', rows, audience } satisfies SecretDraft
}

/** @param keys that are to be added where they are not there */
export function draftOfSecret(secret: Secret, keys: string[] = []): SecretDraft {
  const kept = secret.keys.map(({ key, updatedAt, isLost }) => ({
    ...newRow(key),
    kept: { updatedAt, isLost },
    value: null,
  }))
  const added = keys.filter((key) => !secret.keys.some((one) => one.key === key)).map((key) => newRow(key))
  return {
    name: secret.name,
    description: secret.description,
    rows: [...kept, ...added],
    audience: secret.audience && {
      isForEveryone: secret.audience.kind === 'everyone',
      people: secret.audiencePeople,
      apps: secret.audience.kind === 'some' ? secret.audience.apps.join('\n') : '',
    },
  }
}

/** Values take the place of those with the same key; what was empty makes room. */
export function withValues(rows: KeyRow[], values: { key: string; value: string }[]): KeyRow[] {
  const given = new Map(values.map(({ key, value }) => [key, value]))
  const changed = rows
    .filter((row) => row.kept || row.key.trim() !== '')
    .map((row) => {
      const text = given.get(row.key)
      given.delete(row.key)
      return text === undefined ? row : { ...row, value: { text }, isRemoved: false }
    })
  return [...changed, ...[...given].map(([key, value]) => newRow(key, value))]
}

/** Why the rows cannot be sent as they are, by the row's id. */
export function rowProblems(rows: KeyRow[]): Map<number, string> {
  const problems = new Map<number, string>()
  const seen = new Set<string>()
  for (const { id, key, isRemoved, value } of rows) {
    const name = key.trim()
    if (isRemoved) continue
    if (name === '' && value && 'text' in value && value.text === '') continue
    if (name === '') problems.set(id, 'A key is needed')
    else if (!/^[A-Za-z0-9_.-]{1,253}$/.test(name)) problems.set(id, 'Letters, digits, dots, hyphens and underscores')
    else if (seen.has(name)) problems.set(id, t('There is a key {name} already', { name }))
    seen.add(name)
  }
  return problems
}

function valuesOf(rows: KeyRow[]): Record<string, SecretValue> {
  const given = rows.flatMap(({ key, value, isRemoved }): [string, SecretValue][] =>
    value && !isRemoved && key.trim() !== '' ? [[key.trim(), 'text' in value ? value : { base64: value.base64 }]] : [],
  )
  return Object.fromEntries(given)
}

function audienceOf(audience: NonNullable<SecretDraft['audience']>): SecretAudience {
  if (audience.isForEveryone) return { kind: 'everyone' }
  const apps = audience.apps.split(/[\n,]/).map((name) => name.trim())
  return { kind: 'some', people: audience.people.map(({ id }) => id), apps: [...new Set(apps.filter(Boolean))] }
}

export function secretOf({ name, description, rows, audience }: SecretDraft): NewSecret {
  const secret = { name: name.trim(), description, values: valuesOf(rows) }
  return audience ? { ...secret, kind: 'shared', audience: audienceOf(audience) } : secret
}

/** Only what is to be different. */
export function secretChanges(secret: Secret, draft: SecretDraft): SecretChanges {
  const { description, rows } = draft
  const removed = rows.filter(({ isRemoved, kept }) => isRemoved && kept).map(({ key }) => key)
  const set = valuesOf(rows)
  const audience = draft.audience && audienceOf(draft.audience)
  return {
    ...(description !== secret.description && { description }),
    ...(Object.keys(set).length > 0 && { set }),
    ...(removed.length > 0 && { remove: removed.filter((key) => !Object.hasOwn(set, key)) }),
    ...(audience && JSON.stringify(audience) !== JSON.stringify(secret.audience) && { audience }),
  }
}
