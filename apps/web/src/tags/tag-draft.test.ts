import type { Tag } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { draftOfTag, emptyTag, tagChanges, tagOf } from './tag-draft.ts'

const fields = {
  name: 'finance',
  title: 'Finance',
  color: '#0b7a75',
  description: 'Of the finance team',
  adminRoles: ['stewards', 'finance-leads'],
  visitorRoles: ['auditors'],
  isCategory: true,
}
const tag: Tag = {
  ...fields,
  id: '',
  appCount: 2,
  createdAt: '',
  updatedAt: '',
  can: { assign: true, update: true, delete: true },
}

it('goes through the form unchanged', () => {
  expect(draftOfTag(tag)).toMatchObject({ adminRoles: 'stewards, finance-leads', visitorRoles: 'auditors' })
  expect(tagOf(draftOfTag(tag))).toEqual(fields)
})

it('asks only for what is to be different', () => {
  expect(tagChanges(tag, draftOfTag(tag))).toEqual({})
  expect(tagChanges(tag, { ...draftOfTag(tag), title: 'Money', visitorRoles: 'auditors,' })).toEqual({ title: 'Money' })
  expect(tagChanges(tag, { ...draftOfTag(tag), visitorRoles: '' })).toEqual({ visitorRoles: [] })
})

it('calls a tag without a title by its name, and takes a colour without its sign', () => {
  expect(tagOf({ ...emptyTag, name: ' finance ', title: ' ', color: 'C0392B' })).toMatchObject({
    title: 'finance',
    color: '#C0392B',
  })
  expect(tagOf({ ...emptyTag, color: 'red' }).color).toBe('red')
})
