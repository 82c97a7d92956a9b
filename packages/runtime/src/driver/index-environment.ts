import { lookup } from 'node:dns/promises'

/** Where Python packages come from; addresses may hold credentials and reach builds only, never apps. */
export interface IndexSettings {
  url?: string
  extraUrls?: string[]
  proxy?: string
  noProxy?: string
  /** PEM file of additional certificate authorities. */
  caFile?: string
  /** True: nothing is fetched; apps with requirements end with `index_unavailable`. */
  offline?: boolean
}

const publicIndexHosts = ['https://pypi.org', 'https://files.pythonhosted.org']

/** What tells the installer where packages come from; it may hold credentials, and goes to builds alone. */
export function indexEnvironment(index: IndexSettings = {}, hasAuthorities: boolean): Record<string, string> {
  const env: Record<string, string> = {}
  if (index.url) env.UV_DEFAULT_INDEX = index.url
  if (index.extraUrls?.length) env.UV_INDEX = index.extraUrls.join(' ')
  if (index.offline) env.UV_OFFLINE = '1'
  if (index.proxy) Object.assign(env, { HTTPS_PROXY: index.proxy, HTTP_PROXY: index.proxy, ALL_PROXY: index.proxy })
  if (index.noProxy) env.NO_PROXY = index.noProxy
  if (hasAuthorities) env.SSL_CERT_FILE = '/opt/wave/ca.pem'
  return env
}

/** Addresses that builds need, so that an index or a proxy in a private network can be reached from their own. */
export async function indexAddresses(index: IndexSettings = {}): Promise<{ address: string; port: number }[]> {
  if (index.offline) return []
  const named = [index.url, ...(index.extraUrls ?? []), index.proxy].filter((url) => url !== undefined)
  const urls = [...named, ...(index.url ? [] : publicIndexHosts)].flatMap((url) => parse(url))
  const found = await Promise.all(urls.map(resolve))
  return found.flat()
}

async function resolve(url: URL): Promise<{ address: string; port: number }[]> {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  try {
    const addresses = await lookup(url.hostname, { all: true, family: 4 })
    return addresses.map(({ address }) => ({ address, port }))
  } catch {
    // The build says it better, with the name of the index that does not answer.
    return []
  }
}

function parse(url: string): URL[] {
  return URL.canParse(url) ? [new URL(url)] : []
}
