import type { AppContext } from '../context.ts'
import { localIssuer } from '../people/local-issuer.ts'
import type { Lease } from '../servers/lease.ts'
import type { ProviderKeys } from './provider-keys.ts'
import { TextSealer } from './sealed-text.ts'
import { UpstreamClient } from './upstream-client.ts'
import { UpstreamLoginRepository } from './upstream-login-repository.ts'
import { UpstreamRechecks } from './upstream-rechecks.ts'
import { upstreamCallbackPath } from './upstream-sign-in.ts'

/** What works with the upstream issuer that vouches for people. */
export interface Upstream {
  client: UpstreamClient
  logins: UpstreamLoginRepository
  rechecks: UpstreamRechecks
}

type Parts = Pick<AppContext, 'audit' | 'clock' | 'config' | 'db' | 'grants' | 'logger' | 'people' | 'sessions'> & {
  keys: ProviderKeys
  lease: Lease
}

/** Null where people have accounts of this store. Does not ask the issuer anything yet: it may be down. */
export async function openUpstream({ config, db, keys, ...parts }: Parts): Promise<Upstream | null> {
  const { source } = config.identity
  if (source.kind === 'local') return null
  const { clock, people } = parts
  const redirectUri = config.publicUrl.origin + upstreamCallbackPath
  const client = new UpstreamClient(source, { redirectUri, clock })
  const sealer = new TextSealer(keys.sealingKey)
  const logins = new UpstreamLoginRepository(db, clock, { sealer, sessions: config.sessions })
  // This store's own accounts do not count beside an issuer, nor does what they got before it was set.
  await people.lapse(localIssuer)
  return { client, logins, rechecks: new UpstreamRechecks({ ...parts, client, logins, recheckMs: source.recheckMs }) }
}
