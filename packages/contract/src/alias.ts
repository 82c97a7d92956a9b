import { z } from 'zod'
import { operation } from './operation.ts'
import { person } from './session.ts'

/** A name as one label of a domain: what an instance is reached by beside its id. */
export const aliasName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?!xn--)[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$/,
    'Letters, digits and hyphens, 3 to 63, with no hyphen at an end',
  )

/** A friendly address of an instance. The name stays its owner's when the instance goes. */
export const alias = z.object({
  name: z.string(),
  url: z.url(),
  /** Null: its instance was terminated; the address says so. */
  instance: z.object({ id: z.uuid(), appTitle: z.string(), appVersion: z.string() }).nullable(),
  owner: person,
  /** The one that all other addresses of the instance lead to. */
  isPrimary: z.boolean(),
  createdAt: z.iso.datetime(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Alias = z.infer<typeof alias>

const aliasParams = z.object({ name: aliasName })

export const listAliases = operation({
  id: 'alias.list',
  summary: 'My aliases; those of an instance that I may see; all of them for administrators',
  method: 'GET',
  path: '/api/aliases',
  scope: 'read',
  query: z.object({ instanceId: z.uuid().optional(), scope: z.enum(['mine', 'all']).default('mine') }),
  result: z.object({ items: z.array(alias) }),
  errors: ['not_found', 'forbidden'],
})

export const createAlias = operation({
  id: 'alias.create',
  summary: 'Gives an instance another name; the first one is its primary one',
  method: 'POST',
  path: '/api/aliases',
  scope: 'instances',
  body: z.strictObject({ name: aliasName, instanceId: z.uuid(), isPrimary: z.boolean().optional() }),
  result: alias,
  status: 201,
  errors: ['not_found', 'forbidden', 'conflict', 'quota_exceeded'],
})

export const updateAlias = operation({
  id: 'alias.update',
  summary: 'Moves an alias to another instance, or makes it the primary one',
  method: 'PATCH',
  path: '/api/aliases/:name',
  scope: 'instances',
  params: aliasParams,
  body: z.strictObject({ instanceId: z.uuid().optional(), isPrimary: z.boolean().optional() }),
  result: alias,
  errors: ['not_found', 'forbidden', 'conflict'],
})

export const deleteAlias = operation({
  id: 'alias.delete',
  summary: 'Gives the name back; the instance stays',
  method: 'DELETE',
  path: '/api/aliases/:name',
  scope: 'instances',
  params: aliasParams,
  errors: ['not_found', 'forbidden'],
})
