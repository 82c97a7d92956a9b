import { isIP } from 'node:net'
import type { Config } from './config.ts'
import { refusals } from './refusals.ts'

type Addresses = Pick<Config, 'publicUrl' | 'appsHost' | 'proxyHops' | 'tls'>

/** What is wrong with where the store and its apps are to be reached, all of it. */
export function addressProblems({ publicUrl, appsHost, proxyHops, tls }: Addresses): string[] {
  const isPlain = publicUrl.protocol === 'http:'
  const isLocal = publicUrl.hostname === 'localhost'
  const apps = hostAndPort(appsHost)
  const problems: string[] = []
  if (tls && isPlain) problems.push(refusals.tlsWithoutHttps)
  else if (isPlain && !isLocal) problems.push(refusals.plainHttp)
  if (isAddress(publicUrl.hostname)) problems.push(refusals.addressAsStore)
  if (appsHost === '') return [...problems, refusals.appsHostMissing]
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?$/.test(appsHost)) return [...problems, refusals.appsHostForm]
  if (isAddress(apps.name)) problems.push(refusals.addressAsApps)
  if (isPlain && isLocal && !isBelow(apps.name, 'localhost')) problems.push(refusals.plainApps)
  if (!isLocal && isBelow(apps.name, publicUrl.hostname)) problems.push(refusals.appsAtStore)
  else if (!isLocal && isBelow(publicUrl.hostname, apps.name)) problems.push(refusals.storeBelowApps)
  if (apps.port !== publicUrl.port && proxyHops === 0) problems.push(refusals.appsPort)
  return problems
}

/** The scheme's own port goes without saying, as in the Host header that browsers send. */
export function withoutOwnPort(host: string, { protocol }: URL): string {
  return host.replace(protocol === 'https:' ? /:443$/ : /:80$/, '')
}

/** @returns the port as it stands there; empty: the scheme's own */
export function hostAndPort(host: string): { name: string; port: string } {
  const [name = '', port = ''] = host.split(/:(\d+)$/)
  return { name, port }
}

function isBelow(name: string, parent: string): boolean {
  return name === parent || name.endsWith(`.${parent}`)
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
}
