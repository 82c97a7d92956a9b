import { z } from 'zod'
import { operation } from './operation.ts'
import { person } from './session.ts'

/** Somebody who has signed in here, as administrators see them. */
export const knownPerson = person.extend({
  /** As whoever vouches for the person said them last. */
  roles: z.array(z.string()),
  isAdmin: z.boolean(),
  /** False: a visitor. */
  hasFullAccess: z.boolean(),
  /** Since when nobody vouches for them, so that they are signed out everywhere; null: they may sign in. */
  goneSince: z.iso.datetime().nullable(),
  /** When they first signed in. */
  createdAt: z.iso.datetime(),
})
export type KnownPerson = z.infer<typeof knownPerson>

export const listPeople = operation({
  id: 'person.list',
  summary: 'People who have signed in here, by name; for administrators',
  method: 'GET',
  path: '/api/people',
  scope: 'admin',
  query: z.object({
    /** Words that name or e-mail address hold. */
    search: z.string().max(200).default(''),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  result: z.object({ items: z.array(knownPerson), total: z.number().int() }),
  errors: ['forbidden'],
})
