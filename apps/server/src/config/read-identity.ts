import type { Config, IdentitySource } from './config.ts'
import { refusals } from './refusals.ts'
import type { Settings } from './settings.ts'

const everyone = 'everyone'

interface Reach {
  /** Whether no other machine can reach the store. */
  isAlone: boolean
  proxyHops: number
}

export function readIdentity(read: Settings, reach: Reach): Config['identity'] {
  const source = readSource(read, reach)
  const adminRole = read.text('WAVE_STORE_ADMIN_ROLE') ?? 'admin'
  const fullAccessRole = read.text('WAVE_STORE_FULL_ACCESS_ROLE')
  if (source.kind === 'upstream' && fullAccessRole === null)
    read.problems.push(
      `WAVE_STORE_FULL_ACCESS_ROLE must say which role of the issuer's gives full access; ${everyone} lets everybody in who can sign in there.`,
    )
  return { source, roles: { adminRole, fullAccessRole: fullAccessRole === everyone ? null : fullAccessRole } }
}

function readSource(read: Settings, { isAlone, proxyHops }: Reach): IdentitySource {
  const issuer = read.url('WAVE_STORE_OIDC_ISSUER')
  const clientId = read.text('WAVE_STORE_OIDC_CLIENT_ID')
  const clientSecret = read.text('WAVE_STORE_OIDC_CLIENT_SECRET')
  const scopes = read.text('WAVE_STORE_OIDC_SCOPES') ?? 'openid profile email'
  const roleClaim = read.text('WAVE_STORE_OIDC_ROLE_CLAIM') ?? 'realm_access.roles'
  if (!scopes.split(/\s+/).includes('openid'))
    read.problems.push('WAVE_STORE_OIDC_SCOPES must contain openid: without it the issuer says nobody’s name.')
  const recheckSeconds = read.integer('WAVE_STORE_OIDC_RECHECK_SECONDS', 300, { min: 1, max: 86_400 })
  const isDevelopmentStated = read.text('WAVE_STORE_DEVELOPMENT_ACCOUNTS') !== null
  const development = developmentAccounts(read, { isAlone: isAlone && issuer === null, proxyHops })
  if (issuer === null) return { kind: 'local', development, isDevelopmentStated }
  if (clientId === null)
    read.problems.push(
      'WAVE_STORE_OIDC_CLIENT_ID must name the client that WAVE_STORE_OIDC_ISSUER knows this store by.',
    )
  return {
    kind: 'upstream',
    issuer: readIssuer(read, issuer),
    clientId: clientId ?? '',
    clientSecret,
    scopes,
    roleClaim,
    recheckMs: recheckSeconds * 1000,
  }
}

function readIssuer(read: Settings, value: string): URL {
  const url = new URL(value)
  const isHere = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !isHere)
    read.problems.push(
      'WAVE_STORE_OIDC_ISSUER must begin with https:// unless it is on this machine: secrets and tokens go there.',
    )
  if (url.username || url.password || url.search || url.hash)
    read.problems.push(
      'WAVE_STORE_OIDC_ISSUER must be the plain address of the issuer, without name, query or fragment.',
    )
  return url
}

/** Development accounts need no password, so they exist only where no other machine can come in. */
function developmentAccounts(read: Settings, { isAlone, proxyHops }: Reach): boolean {
  const mayExist = isAlone && proxyHops === 0
  const wanted = read.flag('WAVE_STORE_DEVELOPMENT_ACCOUNTS', mayExist)
  if (wanted && !isAlone) read.problems.push(refusals.developmentReachable)
  if (wanted && proxyHops > 0) read.problems.push(refusals.developmentBehindProxy)
  return wanted && mayExist
}
