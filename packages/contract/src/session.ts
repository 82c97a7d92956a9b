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
  user: person.extend({ isAdmin: z.boolean() }).nullable(),
  notices: z.array(notice),
  settings: z.object({
    publicUrl: z.url(),
    /** Instances live at `<id>.<appsHost>`; with a port where it is not the scheme's own. */
    appsHost: z.string(),
    /** Visibilities that may be chosen here. */
    visibilities: z.array(visibility),
    /** Largest bundle that an import takes, in bytes. */
    bundleMaxBytes: z.number().int(),
    strictVersions: z.boolean(),
  }),
  can: z.object({ importApps: z.boolean(), administer: z.boolean() }),
})
export type Session = z.infer<typeof session>

export const getSession = operation({
  id: 'session.get',
  summary: 'Who is signed in, what they may do, and what this store allows',
  method: 'GET',
  path: '/api/session',
  result: session,
  errors: [],
  anonymous: true,
})

export const signOut = operation({
  id: 'session.sign-out',
  summary: 'Ends the session, and with it the tickets for instances',
  method: 'DELETE',
  path: '/api/session',
  errors: [],
})
