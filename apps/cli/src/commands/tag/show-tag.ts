import type { Tag } from '@wave-store/contract'
import type { Columns } from '../../output/output.ts'
import { instant } from '../../output/times.ts'

export const tagColumns: Columns<Tag> = [
  ['ID', (tag) => tag.id],
  ['NAME', (tag) => tag.name],
  ['TITLE', (tag) => tag.title],
  ['COLOR', (tag) => tag.color],
  ['APPS', (tag) => String(tag.appCount)],
  ['DESCRIPTION', (tag) => tag.description],
]

export const tagFields: Columns<Tag> = [
  ['ID', (tag) => tag.id],
  ['Name', (tag) => tag.name],
  ['Title', (tag) => tag.title],
  ['Color', (tag) => tag.color],
  ['Created At', (tag) => instant(tag.createdAt)],
  ['Updated At', (tag) => instant(tag.updatedAt)],
  ['Description', (tag) => tag.description],
  ['Category', (tag) => (tag.isCategory ? 'yes' : 'no')],
  ['Visitor Roles', (tag) => tag.visitorRoles.join(',')],
  ['Admin Roles', (tag) => tag.adminRoles.join(',')],
  ['Apps', (tag) => String(tag.appCount)],
]
