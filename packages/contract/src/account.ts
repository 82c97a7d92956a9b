import { z } from 'zod'
import { operation } from './operation.ts'

/** A person with a password of this store. */
export const account = z.object({
  id: z.uuid(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  /** One administers the store (the session's `settings.adminRole`), one may give full access; tags name others. */
  roles: z.array(z.string()),
  isDisabled: z.boolean(),
  /** Until the person has signed in with the one-time password and chosen another. */
  mustChangePassword: z.boolean(),
  createdAt: z.iso.datetime(),
  can: z.object({ update: z.boolean(), disable: z.boolean() }),
})
export type Account = z.infer<typeof account>

const username = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/,
    'Letters, digits, dots, hyphens and underscores, at most 64',
  )
const name = z.string().trim().min(1, 'A name is needed').max(120, 'At most 120 characters')
const email = z.email('Not an e-mail address').or(z.literal(''))
export const roles = z
  .array(z.string().regex(/^[\w.:/-]{1,64}$/, 'Letters, digits and . : / _ - only, at most 64'))
  .max(50, 'At most 50 roles')
const accountParams = z.object({ accountId: z.uuid() })
/** Shown once, and never again. */
const oneTimePassword = z.string()

export const listAccounts = operation({
  id: 'account.list',
  summary: 'Everybody with a password of this store',
  method: 'GET',
  path: '/api/accounts',
  scope: 'admin',
  result: z.object({ items: z.array(account) }),
  errors: ['forbidden'],
})

export const createAccount = operation({
  id: 'account.create',
  summary: 'Makes an account with a one-time password, which the person changes at the first sign-in',
  method: 'POST',
  path: '/api/accounts',
  scope: 'admin',
  body: z.strictObject({ username, name, email, roles: roles.default([]) }),
  result: z.object({ account, oneTimePassword }),
  status: 201,
  errors: ['forbidden', 'conflict'],
})

export const updateAccount = operation({
  id: 'account.update',
  summary:
    'Changes name, e-mail address, roles, or whether the person may sign in; a disabled person is signed out at once',
  method: 'PATCH',
  path: '/api/accounts/:accountId',
  scope: 'admin',
  params: accountParams,
  body: z.strictObject({
    name: name.optional(),
    email: email.optional(),
    roles: roles.optional(),
    isDisabled: z.boolean().optional(),
  }),
  result: account,
  errors: ['not_found', 'forbidden'],
})

export const resetPassword = operation({
  id: 'account.reset-password',
  summary: 'Gives the person a new one-time password and signs them out everywhere',
  method: 'POST',
  path: '/api/accounts/:accountId/password',
  scope: 'admin',
  params: accountParams,
  result: z.object({ oneTimePassword }),
  errors: ['not_found', 'forbidden'],
})
