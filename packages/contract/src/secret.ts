import { z } from 'zod'
import { operation } from './operation.ts'
import { person } from './session.ts'

/** As manifests write it: developer guide, Utilizing Secrets. */
export const secretName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,126}[A-Za-z0-9])?$/,
    'Letters, digits, dots, hyphens and underscores, at most 128, with a letter or digit at both ends',
  )
export const secretKey = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,253}$/, 'Letters, digits, dots, hyphens and underscores, at most 253')

/** Of one value. */
export const longestSecretBytes = 1 << 20
export const mostSecretKeys = 500
/** Of all values of one secret. */
export const largestSecretBytes = 4 << 20

/** A value goes in and never comes out. */
export const secretValue = z.union([
  z.strictObject({
    text: z
      .string()
      .max(longestSecretBytes, 'At most 1 MiB')
      .refine((text) => text.isWellFormed(), 'Not text: send what is none as base64'),
  }),
  /** For what is no text, such as a key store. */
  z.strictObject({ base64: z.base64().max(Math.ceil(longestSecretBytes / 3) * 4, 'At most 1 MiB') }),
])
export type SecretValue = z.infer<typeof secretValue>

/** Whose apps get a shared secret: everybody's, or those of some people, and some apps by name. */
export const secretAudience = z.union([
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({
    kind: z.literal('some'),
    /** Ids of people: every app of theirs. */
    people: z.array(z.uuid()).max(500),
    /** Names of apps, in every version. */
    apps: z.array(z.string().min(1).max(128)).max(500),
  }),
])
export type SecretAudience = z.infer<typeof secretAudience>

/** A named set of keys and values, of which the values are never told again. */
export const secret = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** `own`: for apps of its owner. `shared`: looked after by administrators. */
  kind: z.enum(['own', 'shared']),
  /** Null: a shared one. */
  owner: person.nullable(),
  keys: z.array(
    z.object({
      key: z.string(),
      updatedAt: z.iso.datetime(),
      /** What sealed the value is not here any more: it has to be set anew. */
      isLost: z.boolean(),
    }),
  ),
  /** Null: an own one, or the asker does not look after it. */
  audience: secretAudience.nullable(),
  /** People of the audience by name. */
  audiencePeople: z.array(person),
  /** Apps whose manifest means this one; of others' apps only those that the asker may see. */
  usedBy: z.array(
    z.object({
      appId: z.uuid(),
      title: z.string(),
      version: z.string(),
      keys: z.array(z.string()),
      isMine: z.boolean(),
    }),
  ),
  /** How many apps use it, seen or not; delete is refused while there are some. */
  useCount: z.number().int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  can: z.object({ update: z.boolean(), delete: z.boolean() }),
})
export type Secret = z.infer<typeof secret>

const secretParams = z.object({ secretId: z.uuid() })
const description = z
  .string()
  .max(1000, 'At most 1000 characters')
  .regex(/^[^\0]*$/, 'Text only')
const values = z
  // A record leaves this one key out without a word.
  .custom<Record<string, SecretValue>>(
    (given) => !(given instanceof Object && Object.hasOwn(given, '__proto__')),
    'No key is named __proto__',
  )
  .pipe(z.record(secretKey, secretValue))
  .refine((given) => Object.keys(given).length <= mostSecretKeys, `At most ${mostSecretKeys} keys`)

export const listSecrets = operation({
  id: 'secret.list',
  summary: 'My secrets and the shared ones that my apps may use; `all` names every one, for administrators',
  method: 'GET',
  path: '/api/secrets',
  scope: 'read',
  query: z.object({ scope: z.enum(['usable', 'all']).default('usable') }),
  result: z.object({ items: z.array(secret), can: z.object({ create: z.boolean(), createShared: z.boolean() }) }),
  errors: ['forbidden'],
})

export const getSecret = operation({
  id: 'secret.get',
  summary: 'One secret, its keys and the apps that use it; never its values',
  method: 'GET',
  path: '/api/secrets/:secretId',
  scope: 'read',
  params: secretParams,
  result: secret,
  errors: ['not_found'],
})

export const createSecret = operation({
  id: 'secret.create',
  summary: 'Keeps a secret: of my own, or a shared one for administrators',
  method: 'POST',
  path: '/api/secrets',
  scope: 'apps',
  body: z.strictObject({
    name: secretName,
    kind: z.enum(['own', 'shared']).default('own'),
    description: description.default(''),
    values: values.default({}),
    /** Of a shared one. */
    audience: secretAudience.optional(),
  }),
  result: secret,
  status: 201,
  errors: ['forbidden', 'conflict', 'quota_exceeded', 'too_large', 'unavailable'],
})

export const updateSecret = operation({
  id: 'secret.update',
  summary: 'Sets and removes values of a secret; running instances keep what they were started with',
  method: 'PATCH',
  path: '/api/secrets/:secretId',
  scope: 'apps',
  params: secretParams,
  body: z.strictObject({
    description: description.optional(),
    set: values.optional(),
    remove: z.array(secretKey).max(1000).optional(),
    audience: secretAudience.optional(),
  }),
  result: secret,
  errors: ['not_found', 'forbidden', 'too_large', 'unavailable'],
})

export const deleteSecret = operation({
  id: 'secret.delete',
  summary: 'Deletes a secret; refused while an app uses it',
  method: 'DELETE',
  path: '/api/secrets/:secretId',
  scope: 'apps',
  params: secretParams,
  errors: ['not_found', 'forbidden', 'in_use'],
})
