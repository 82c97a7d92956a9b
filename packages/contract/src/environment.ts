import { z } from 'zod'
import { operation } from './operation.ts'

const timestamp = z.iso.datetime()
const installed = z.object({ name: z.string(), version: z.string() })

/** Packages that apps with the same requirements share, built once. */
export const environment = z.object({
  key: z.string(),
  /** Such as `3.11.2`. */
  python: z.string(),
  sizeBytes: z.number(),
  builtAt: timestamp,
  lastUsedAt: timestamp,
  /** Instances that run in it now. */
  instanceCount: z.number().int(),
  /** Apps whose instances run, or were last started, in it. */
  apps: z.array(z.object({ id: z.uuid(), title: z.string(), version: z.string() })),
})
export type Environment = z.infer<typeof environment>

const environmentParams = z.object({ key: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/) })

export const listEnvironments = operation({
  id: 'environment.list',
  summary: 'The Python environments that are kept, and what they may take of the disk; for administrators',
  method: 'GET',
  path: '/api/admin/environments',
  scope: 'admin',
  result: z.object({
    items: z.array(environment),
    /** Beyond it those go that no instance uses, least recently used first. */
    budgetBytes: z.number(),
  }),
  errors: ['forbidden'],
})

export const getEnvironment = operation({
  id: 'environment.get',
  summary: 'What is installed in an environment; for administrators',
  method: 'GET',
  path: '/api/admin/environments/:key',
  scope: 'admin',
  params: environmentParams,
  result: environment.extend({ packages: z.array(installed) }),
  errors: ['not_found', 'forbidden'],
})

export const rebuildEnvironment = operation({
  id: 'environment.rebuild',
  summary: 'Lets the next start that needs the environment build it anew; instances that run in it keep it',
  method: 'POST',
  path: '/api/admin/environments/:key/rebuild',
  scope: 'admin',
  params: environmentParams,
  errors: ['not_found', 'forbidden'],
})

export const getInstanceEnvironment = operation({
  id: 'instance.environment',
  summary: 'What is installed in the environment of an instance, as `pip list` would say',
  method: 'GET',
  path: '/api/instances/:instanceId/environment',
  scope: 'read',
  params: z.object({ instanceId: z.uuid() }),
  result: z.object({
    /** Null: it has none, one of its own, or has not been started yet. */
    environment: environment
      .omit({ apps: true, instanceCount: true })
      .extend({ packages: z.array(installed) })
      .nullable(),
  }),
  errors: ['not_found', 'forbidden'],
})

export const constraints = z.object({
  /** A pip constraints file that holds for every environment that is built from then on. */
  text: z.string(),
  /** Whether it is the platform's own. */
  isDefault: z.boolean(),
  updatedAt: timestamp.nullable(),
})
export type Constraints = z.infer<typeof constraints>

export const getConstraints = operation({
  id: 'constraints.get',
  summary: 'The pip constraints for every environment; for administrators',
  method: 'GET',
  path: '/api/admin/constraints',
  scope: 'admin',
  result: constraints,
  errors: ['forbidden'],
})

export const updateConstraints = operation({
  id: 'constraints.update',
  summary: 'Changes the pip constraints; each line is checked. Null: back to the platform’s own',
  method: 'PATCH',
  path: '/api/admin/constraints',
  scope: 'admin',
  body: z.strictObject({ text: z.string().max(100_000, 'At most 100,000 characters').nullable() }),
  result: constraints,
  errors: ['forbidden'],
})
