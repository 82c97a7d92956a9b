import type { Tag } from '@wave-store/contract'
import type { NewTag, TagChanges } from '../api/tag-queries.ts'
import { type FormProblems, formProblems } from '../ui/form-problems.ts'
import { joinRoles, parseRoles } from '../ui/role-list.ts'
import { tagPalette } from './tag-palette.ts'

/** A tag as its form holds it; roles separated by commas. */
export interface TagDraft {
  name: string
  title: string
  color: string
  description: string
  adminRoles: string
  visitorRoles: string
  isCategory: boolean
}

export type TagField = keyof TagDraft

const tagFields: readonly TagField[] = [
  'name',
  'title',
  'color',
  'description',
  'adminRoles',
  'visitorRoles',
  'isCategory',
]

export const emptyTag: TagDraft = {
  name: '',
  title: '',
  color: tagPalette[0].color,
  description: '',
  adminRoles: '',
  visitorRoles: '',
  isCategory: false,
}

export function draftOfTag(tag: Tag): TagDraft {
  const { name, title, color, description, isCategory } = tag
  const roles = { adminRoles: joinRoles(tag.adminRoles), visitorRoles: joinRoles(tag.visitorRoles) }
  return { name, title, color: color.toLowerCase(), description, isCategory, ...roles }
}

/** As the store takes it; a tag without a title is called by its name. */
export function tagOf(draft: TagDraft): NewTag & { title: string } {
  const { name, title, description, isCategory } = draft
  return {
    name,
    title: title.trim() || name.trim(),
    color: draft.color.trim().replace(/^(?=[0-9a-f]{6}$)/i, '#'),
    description,
    adminRoles: parseRoles(draft.adminRoles),
    visitorRoles: parseRoles(draft.visitorRoles),
    isCategory,
  }
}

/** Only what is to be different, so that the audit log tells what was meant. */
export function tagChanges(tag: Tag, draft: TagDraft): TagChanges {
  const before = Object.entries(tagOf(draftOfTag(tag)))
  const kept = new Map(before.map(([field, value]) => [field, JSON.stringify(value)]))
  return Object.fromEntries(
    Object.entries(tagOf(draft)).filter(([field, value]) => kept.get(field) !== JSON.stringify(value)),
  )
}

/** Nothing else of a tag than its name must be the only one of its kind. */
export function tagProblems(error: Error | null, body: object | undefined): FormProblems<TagField> {
  return formProblems(error, { fields: tagFields, uniqueField: 'name', body })
}
