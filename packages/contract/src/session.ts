import { z } from 'zod'
import { operation } from './operation.ts'
import { visibility } from './visibility.ts'

export const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() })
export type Person = z.infer<typeof person>

/** A message for everyone, shown under the top bar. */
export const notice = z.object({
  severity: z.enum(['info', 'success', 'warning', 'severeWarning', 'error', 'blocked']),
  text: z.string(),
})
export type Notice = z.infer<typeof notice>

export const session = z.object({
  /** Null: nobody is signed in. */
  user: person.extend({ isAdmin: z.boolean(), hasFullAccess: z.boolean(), roles: z.array(z.string()) }).nullable(),
  notices: z.array(notice),
  /** How many times others did something to my things that I have not looked at. */
  unseenNews: z.number().int(),
  settings: z.object({
    publicUrl: z.url(),
    /** Instances live at `<id>.<appsHost>`; with a port where it is not the scheme's own. */
    appsHost: z.string(),
    /** Visibilities that may be chosen here. */
    visibilities: z.array(visibility),
    /** Largest bundle that an import takes, in bytes. */
    bundleMaxBytes: z.number().int(),
    strictVersions: z.boolean(),
    /** Whether apps and instances may be PUBLIC: readable and usable without signing in. */
    publicMode: z.boolean(),
    /** Whether people have a password of this store, or come from another issuer. */
    localAccounts: z.boolean(),
    /** The role that makes an administrator. */
    adminRole: z.string(),
  }),
  can: z.object({ importApps: z.boolean(), administer: z.boolean(), seeTags: z.boolean() }),
})
export type Session = z.infer<typeof session>

export const getSession = operation({
  id: 'session.get',
  summary: 'Who is signed in, what they may do, and what this store allows',
  method: 'GET',
  path: '/api/session',
  scope: 'read',
  result: session,
  errors: [],
  anonymous: true,
})

export const signOut = operation({
  id: 'session.sign-out',
  summary: 'Ends the session, and with it the tickets for instances',
  method: 'DELETE',
  path: '/api/session',
  scope: 'self',
  errors: [],
})

/** A browser or a command line that is signed in as me. */
export const ownSession = z.object({
  id: z.string(),
  kind: z.enum(['browser', 'command_line']),
  /** What the browser calls itself; the client's name for a command line. */
  agent: z.string(),
  /** Where it was last seen; empty: not known. */
  address: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The one that asks. */
  isCurrent: z.boolean(),
})
export type OwnSession = z.infer<typeof ownSession>

export const listSessions = operation({
  id: 'session.list',
  summary: 'Where I am signed in',
  method: 'GET',
  path: '/api/sessions',
  scope: 'self',
  result: z.object({ items: z.array(ownSession) }),
  errors: [],
})

export const endSession = operation({
  id: 'session.end',
  summary: 'Signs me out in one place, the tickets for instances included',
  method: 'DELETE',
  path: '/api/sessions/:sessionId',
  scope: 'self',
  params: z.object({ sessionId: z.string().min(1).max(100) }),
  errors: ['not_found'],
})

export const endAllSessions = operation({
  id: 'session.end-all',
  summary: 'Signs me out everywhere, here and on command lines; API tokens stay until they are revoked',
  method: 'DELETE',
  path: '/api/sessions',
  scope: 'self',
  errors: [],
})
