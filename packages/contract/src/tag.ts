import { z } from 'zod'
import { roles } from './account.ts'
import { app, appDetails } from './app.ts'
import { operation } from './operation.ts'
import { tagSummary } from './tag-summary.ts'

/**
 * A mark on apps that also decides: who may put it on, and which visitors see the apps that bear it (developer guide,
 * Managing App Tags).
 */
export const tag = tagSummary.extend({
  description: z.string(),
  /** Who holds one of them assigns, removes and updates the tag; none: every person with full access. */
  adminRoles: z.array(z.string()),
  /** Visitors who hold one of them see and run the ALL_USERS apps that bear the tag; none: no visitor. */
  visitorRoles: z.array(z.string()),
  /** How many apps bear it. */
  appCount: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  can: z.object({ assign: z.boolean(), update: z.boolean(), delete: z.boolean() }),
})
export type Tag = z.infer<typeof tag>

/** Letters of any script, with their marks; none that nothing is seen of. */
const name = z
  .string()
  .normalize('NFC')
  .trim()
  .regex(
    /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]([\p{L}\p{M}\p{N} ._-]{0,61}[\p{L}\p{M}\p{N}])?$/u,
    'Letters, digits, blanks, dots, hyphens and underscores, at most 63, with a letter or digit at both ends',
  )
const title = z
  .string()
  .trim()
  .min(1, 'A title is needed')
  .max(80, 'At most 80 characters')
  .regex(/^\P{Cc}*$/u, 'One line of text')
const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'A colour as #rrggbb')
const description = z
  .string()
  .max(1000, 'At most 1000 characters')
  .regex(/^[^\0]*$/, 'Text only')
const tagParams = z.object({ tagId: z.uuid() })
const assignmentParams = z.object({ appId: app.shape.id, tagId: z.uuid() })

export const listTags = operation({
  id: 'tag.list',
  summary: 'Every tag',
  method: 'GET',
  path: '/api/tags',
  scope: 'read',
  result: z.object({ items: z.array(tag), can: z.object({ create: z.boolean() }) }),
  errors: ['forbidden'],
})

export const getTag = operation({
  id: 'tag.get',
  summary: 'One tag',
  method: 'GET',
  path: '/api/tags/:tagId',
  scope: 'read',
  params: tagParams,
  result: tag,
  errors: ['not_found'],
})

export const createTag = operation({
  id: 'tag.create',
  summary: 'Makes a tag; for administrators',
  method: 'POST',
  path: '/api/tags',
  scope: 'admin',
  body: z.strictObject({
    name,
    title: title.optional(),
    color: color.default('#5c6b73'),
    description: description.default(''),
    adminRoles: roles.default([]),
    visitorRoles: roles.default([]),
    isCategory: z.boolean().default(false),
  }),
  result: tag,
  status: 201,
  errors: ['forbidden', 'conflict'],
})

export const updateTag = operation({
  id: 'tag.update',
  summary: 'Changes a tag; for who holds one of its admin roles, and administrators',
  method: 'PATCH',
  path: '/api/tags/:tagId',
  scope: 'apps',
  params: tagParams,
  body: z.strictObject({
    name: name.optional(),
    title: title.optional(),
    color: color.optional(),
    description: description.optional(),
    adminRoles: roles.optional(),
    visitorRoles: roles.optional(),
    isCategory: z.boolean().optional(),
  }),
  result: tag,
  errors: ['not_found', 'forbidden', 'conflict'],
})

export const deleteTag = operation({
  id: 'tag.delete',
  summary: 'Deletes a tag and takes it off every app; for administrators',
  method: 'DELETE',
  path: '/api/tags/:tagId',
  scope: 'admin',
  params: tagParams,
  errors: ['not_found', 'forbidden'],
})

export const assignTag = operation({
  id: 'app.assign-tag',
  summary: 'Puts a tag on an app; again changes nothing',
  method: 'POST',
  path: '/api/apps/:appId/tags/:tagId',
  scope: 'apps',
  params: assignmentParams,
  result: appDetails,
  errors: ['not_found', 'forbidden'],
})

export const removeTag = operation({
  id: 'app.remove-tag',
  summary: 'Takes a tag off an app; again changes nothing',
  method: 'DELETE',
  path: '/api/apps/:appId/tags/:tagId',
  scope: 'apps',
  params: assignmentParams,
  result: appDetails,
  errors: ['not_found', 'forbidden'],
})
