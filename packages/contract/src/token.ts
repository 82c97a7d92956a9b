import { z } from 'zod'
import { operation, tokenScopes } from './operation.ts'

const tokenScope = z.enum(tokenScopes)

/** What every API token begins with: it tells one from an access token, and lets scanners of source code find it. */
export const apiTokenPrefix = 'wave_'

/** A secret with which scripts and CI act for the person who made it. */
export const apiToken = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(tokenScope),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Null: never used. */
  lastUsedAt: z.iso.datetime().nullable(),
  /** Address that it was last used from. */
  lastUsedFrom: z.string().nullable(),
  isExpired: z.boolean(),
})
export type ApiToken = z.infer<typeof apiToken>

export const listTokens = operation({
  id: 'token.list',
  summary: 'My API tokens, without their secrets',
  method: 'GET',
  path: '/api/tokens',
  scope: 'self',
  result: z.object({ items: z.array(apiToken) }),
  errors: [],
})

export const createToken = operation({
  id: 'token.create',
  summary: 'Makes an API token; its secret is shown this once',
  method: 'POST',
  path: '/api/tokens',
  scope: 'self',
  body: z.strictObject({
    name: z.string().trim().min(1, 'A name is needed').max(80, 'At most 80 characters'),
    scopes: z.array(tokenScope).min(1, 'At least one scope'),
    expiresInDays: z.int().min(1, 'At least one day').max(366, 'At most 366 days').default(30),
  }),
  result: z.object({ token: apiToken, secret: z.string() }),
  status: 201,
  errors: ['forbidden', 'quota_exceeded'],
})

export const revokeToken = operation({
  id: 'token.revoke',
  summary: 'Ends an API token at once',
  method: 'DELETE',
  path: '/api/tokens/:tokenId',
  scope: 'self',
  params: z.object({ tokenId: z.uuid() }),
  errors: ['not_found'],
})
