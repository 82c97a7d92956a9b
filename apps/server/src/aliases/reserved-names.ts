import type { Config } from '../config/config.ts'

const reasons = {
  infrastructure: 'software and mail systems expect something of their own at that name',
  store: 'people would take it for the store itself',
  signIn: 'people would type their password there',
} as const

/** Names that nobody gets, by the reason. */
const reserved: Record<keyof typeof reasons, readonly string[]> = {
  infrastructure: [
    ...['www', 'ftp', 'smtp', 'imap', 'pop', 'pop3', 'mail', 'email', 'webmail', 'mx', 'dns', 'ns1', 'ns2', 'ntp'],
    ...['autoconfig', 'autodiscover', 'wpad', 'isatap', 'localhost', 'localdomain', 'broadcasthost', 'mta-sts'],
    ...[
      'static',
      'assets',
      'cdn',
      'media',
      'files',
      'images',
      'img',
      'api',
      'graphql',
      'proxy',
      'gateway',
      'vpn',
      'ssh',
    ],
    ...['hostmaster', 'postmaster', 'webmaster', 'abuse', 'noc', 'metrics', 'health', 'status'],
  ],
  store: [
    ...[
      'store',
      'app',
      'apps',
      'app-store',
      'appstore',
      'catalog',
      'instance',
      'instances',
      'wave',
      'wave-store',
      'h2o',
    ],
    ...[
      'admin',
      'administrator',
      'root',
      'system',
      'operator',
      'console',
      'dashboard',
      'portal',
      'home',
      'docs',
      'help',
    ],
    ...['support', 'security', 'info', 'news', 'blog', 'about', 'contact', 'legal', 'privacy', 'terms', 'billing'],
  ],
  signIn: [
    ...['auth', 'oauth', 'oauth2', 'oidc', 'openid', 'saml', 'sso', 'idp', 'login', 'logout', 'signin', 'sign-in'],
    ...[
      'signup',
      'sign-up',
      'signout',
      'sign-out',
      'register',
      'account',
      'accounts',
      'password',
      'passwords',
      'secure',
    ],
    ...['identity', 'keycloak', 'session', 'token', 'tokens', 'verify', 'user', 'users', 'me'],
  ],
}

const reasonOf = new Map(
  Object.entries(reserved).flatMap(([reason, names]) =>
    names.map((name) => [name, reasons[reason as keyof typeof reasons]]),
  ),
)

/** Why nobody gets the name, as the end of a sentence; null: it is free for whoever comes first. */
export function reservedBecause(
  name: string,
  { publicUrl, appsHost }: Pick<Config, 'publicUrl' | 'appsHost'>,
): string | null {
  if (looksLikeId(name)) return 'it looks like the id of an instance'
  // `xn--` and its like say how the rest of a label is to be read (RFC 5890).
  if (name.slice(2, 4) === '--') return 'browsers would show it as other letters'
  if (`${name}.${appsHost}` === publicUrl.host) return 'the store is there'
  return reasonOf.get(name) ?? null
}

export function looksLikeId(name: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name) || /^[0-9a-f]{32}$/.test(name)
}
