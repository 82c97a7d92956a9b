import { z } from 'zod'
import { operation } from './operation.ts'

/** What a program needs to know to sign in and talk to this store. */
export const discovery = z.object({
  product: z.literal('wave-app-store'),
  version: z.string(),
  /** Origin of the store and its API. */
  endpoint: z.url(),
  openApiUrl: z.url(),
  oidc: z.object({
    issuer: z.url(),
    /** Of the command line: a public client. */
    clientId: z.string(),
    scopes: z.string(),
    /** To be named as `resource`, so that the access token is for the API. */
    resource: z.url(),
  }),
  /** Instances live at `<id>.<appsHost>`. */
  appsHost: z.string(),
})
export type Discovery = z.infer<typeof discovery>

/** Where a store hands out its command line, one file, to anybody. */
export const commandLinePath = '/download/h2o'

export const discover = operation({
  id: 'store.discover',
  summary: 'Where to sign in and what to ask for',
  method: 'GET',
  path: '/.well-known/wave-app-store',
  scope: 'read',
  result: discovery,
  errors: [],
  anonymous: true,
})
