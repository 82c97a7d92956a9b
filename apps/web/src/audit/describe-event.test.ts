import { type AuditEvent, type Operation, operations } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { describeAct, describeDetail, describeOutcome, describeTarget, describeWay, pathOf } from './describe-event.ts'

const app = { kind: 'app', id: '7', name: 'Churn 1.0.0' }
const event = (given: Partial<AuditEvent>): AuditEvent => ({
  id: 1,
  at: '',
  actor: null,
  via: 'browser',
  address: '',
  action: 'app.update',
  target: app,
  outcome: 'done',
  detail: '',
  ...given,
})

it('has words for every change of the store', () => {
  const changes = Object.values<Operation>(operations).filter(({ method }) => method !== 'GET')
  const wordless = changes.map(({ id }) => id).filter((action) => describeAct(event({ action })).includes(action))
  expect(wordless).toEqual(['audit.mark-read'])
})

it('tells an attempt from a deed, and an unknown act by its name', () => {
  expect(describeAct(event({}))).toBe('changed the visibility of')
  expect(describeAct(event({ outcome: 'forbidden' }))).toBe('tried to change the visibility of')
  expect(describeAct(event({ action: 'session.sign-in-refused', outcome: 'unauthenticated' }))).toBe('tried to sign in')
  expect(describeAct(event({ action: 'tag.delete' }))).toBe('deleted a tag of')
  expect(describeAct(event({ action: 'tag.delete', target: { ...app, kind: 'tag' } }))).toBe('deleted the tag')
  expect(describeAct(event({ action: 'app.paint' }))).toBe('did app.paint to')
})

it('names things as people know them, and what nobody knows by its number', () => {
  expect(describeTarget(app)).toBe('Churn 1.0.0')
  expect(describeTarget({ kind: 'instance', id: '9', name: '' })).toBe('an instance (9)')
  expect(describeTarget({ kind: 'session', id: '9', name: 'Mozilla/5.0 (X11; Linux) Firefox/144.0' })).toBe(
    'Firefox 144 on Linux',
  )
})

it('leads to what is still there', () => {
  expect(pathOf(event({}))).toBe('/apps/7')
  expect(pathOf(event({ action: 'app.delete' }))).toBeUndefined()
  expect(pathOf(event({ action: 'app.delete', outcome: 'in_use' }))).toBe('/apps/7')
  expect(pathOf(event({ target: { ...app, kind: 'tag' } }))).toBeUndefined()
  expect(pathOf(event({ target: { ...app, name: '' } }))).toBeUndefined()
})

it('says how somebody came, what they asked for and how it ended', () => {
  expect(['browser', 'command line', 'token CI', ''].map(describeWay)).toEqual([
    'Browser',
    'Command line',
    'API token CI',
    '',
  ])
  expect(describeDetail(event({ detail: 'visibility: ALL_USERS' }))).toBe('visibility: All users')
  expect(['done', 'forbidden', 'not_found', 'internal'].map((outcome) => describeOutcome(outcome).label)).toEqual([
    'Done',
    'Refused',
    'Refused',
    'Failed',
  ])
})
