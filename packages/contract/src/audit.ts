import { z } from 'zod'
import { operation } from './operation.ts'

/** Who did what to which thing, from where, when, and how it ended. */
export const auditEvent = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  /** Null: nobody who was signed in. */
  actor: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** How the actor came: a browser's session, the command line, an API token by its name, or nothing of the kind. */
  via: z.string(),
  /** Address of the client; empty where there was none. */
  address: z.string(),
  /** The operation's id, such as `app.update`, or `session.sign-in`. */
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  /** `done`, or the code of the error. */
  outcome: z.string(),
  /** What was asked for, such as `visibility: ALL_USERS`; never a secret. */
  detail: z.string(),
})
export type AuditEvent = z.infer<typeof auditEvent>

export const listAuditEvents = operation({
  id: 'audit.list',
  summary: 'The audit log, newest first: what I did, what others did to my things, or all of it for administrators',
  method: 'GET',
  path: '/api/audit',
  scope: 'read',
  query: z.object({
    /** `mine`: what I did; `others`: what others did to my things. */
    scope: z.enum(['mine', 'others', 'all']).default('mine'),
    /** Words that actor, action, target, address or detail hold. */
    search: z.string().max(200).default(''),
    outcome: z.enum(['any', 'done', 'refused']).default('any'),
    from: z.iso.datetime().optional(),
    until: z.iso.datetime().optional(),
    /** Only events with a smaller id: for the next page. */
    before: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  result: z.object({ items: z.array(auditEvent), hasMore: z.boolean() }),
  errors: ['forbidden'],
})

export const markNewsRead = operation({
  id: 'audit.mark-read',
  summary: 'Remembers that I have seen what others did to my things, up to an event',
  method: 'POST',
  path: '/api/audit/read',
  scope: 'self',
  body: z.strictObject({ upTo: z.int().nonnegative() }),
  errors: [],
})
