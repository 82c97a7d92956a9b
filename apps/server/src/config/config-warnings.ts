import { hostAndPort } from './check-addresses.ts'
import type { Config } from './config.ts'

/** What works, but less safely than it could: told in the log at the start, and to administrators. */
export function configWarnings({ publicUrl, appsHost, proxyHops, tls }: Config): string[] {
  const warnings: string[] = []
  const parent = registrableParent(publicUrl.hostname)
  if (publicUrl.hostname !== 'localhost' && parent === registrableParent(hostAndPort(appsHost).name))
    warnings.push(
      `The store and its apps share the domain ${parent}, for which any app can set cookies. Give apps a domain that is registered on its own (WAVE_STORE_APPS_HOST).`,
    )
  if (publicUrl.protocol === 'https:' && tls === null && proxyHops === 0)
    warnings.push(
      'A proxy must stand in front for https, yet none is trusted: everybody seems to come from the proxy’s own address, and who guesses passwords locks all others out. Set WAVE_STORE_TRUSTED_PROXY_HOPS.',
    )
  return warnings
}

/**
 * The part of a name that somebody registered: its last two labels, or three below what country codes use alike, such
 * as `co.uk`. A rule of thumb, not the public suffix list: it serves a warning alone.
 */
export function registrableParent(name: string): string {
  const labels = name.split('.')
  const isSplit = /^(ac|co|com|edu|gov|net|or|org)\.[a-z]{2}$/.test(labels.slice(-2).join('.'))
  return labels.slice(isSplit ? -3 : -2).join('.')
}
