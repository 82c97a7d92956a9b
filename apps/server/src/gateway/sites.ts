import { getDomain } from 'tldts'

/**
 * Whether browsers take each host below the apps domain for a site of its own, by the public suffix list: only there
 * does `Clear-Site-Data: "cookies"` leave the cookies of its siblings alone, and of whatever else the domain is for.
 */
export function hostsAreSites(appsHost: string): boolean {
  const name = `any.${appsHost.replace(/:\d+$/, '')}`
  return getDomain(name, { allowPrivateDomains: true }) === name
}
