import { describe, expect, it } from 'vitest'
import type { ConfigError } from './config.ts'
import { configWarnings, registrableParent } from './config-warnings.ts'
import { readConfig } from './read-config.ts'
import { refusals } from './refusals.ts'

type Settings = Record<string, string>

const read = (environment: Settings) => readConfig(environment, '/srv/store')

const problemsOf = (environment: Settings): string[] => {
  try {
    read(environment)
    return []
  } catch (error) {
    return (error as ConfigError).problems
  }
}

/** As on a machine that serves others. */
const production = (change: Settings = {}): Settings => ({
  WAVE_STORE_PUBLIC_URL: 'https://store.example.org',
  WAVE_STORE_APPS_HOST: 'apps.example.net',
  WAVE_STORE_TRUSTED_PROXY_HOPS: '1',
  ...change,
})
const ownTls = { WAVE_STORE_TLS_CERT_FILE: '/tls/cert.pem', WAVE_STORE_TLS_KEY_FILE: '/tls/key.pem' }

describe('readConfig', () => {
  it('needs nothing: the defaults serve one person on localhost', () => {
    expect(read({})).toMatchObject({
      listen: { host: '127.0.0.1', port: 8080 },
      appsHost: 'localhost:8080',
      dataDir: '/srv/store/data',
      identity: { source: { kind: 'local', development: true } },
      tls: null,
    })
  })

  it('reports everything that is wrong at once, naming settings and never values', () => {
    const problems = problemsOf({
      WAVE_STORE_PORT: '99999',
      WAVE_STORE_INSTANCE_MEMORY: 'plenty',
      WAVE_STORE_INDEX_URL: 'ftp://user:hunter2@index',
      WAVE_STORE_PROT: '8080',
    })
    expect(problems).toHaveLength(4)
    expect(problems.join()).not.toContain('hunter2')
  })

  it('reads sizes with their units', () => {
    expect(read({ WAVE_STORE_BUNDLE_MAX_BYTES: '500Mi' }).bundles.maxBytes).toBe(500 * 2 ** 20)
    expect(read({ WAVE_STORE_BUNDLE_MAX_BYTES: '2G' }).bundles.maxBytes).toBe(2e9)
  })

  it('reads one certificate, or a second one for apps', () => {
    const second = { WAVE_STORE_TLS_APPS_CERT_FILE: '/tls/a.pem', WAVE_STORE_TLS_APPS_KEY_FILE: '/tls/ak.pem' }
    expect(read(production(ownTls)).tls).toEqual({ certFile: '/tls/cert.pem', keyFile: '/tls/key.pem', apps: null })
    expect(read(production({ ...ownTls, ...second })).tls).toMatchObject({
      apps: { certFile: '/tls/a.pem', keyFile: '/tls/ak.pem' },
    })
  })

  it('leaves out the port that goes without saying', () => {
    expect(read(production({ WAVE_STORE_APPS_HOST: 'apps.example.net:443' })).appsHost).toBe('apps.example.net')
  })

  it('has no development accounts where other machines can come in', () => {
    for (const environment of [
      { WAVE_STORE_HOST: '0.0.0.0' },
      production(),
      { WAVE_STORE_TRUSTED_PROXY_HOPS: '1' },
      { WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'false' },
    ])
      expect(read(environment).identity.source).toMatchObject({ development: false })
  })
})

describe('what is refused', () => {
  it.each<[string, Settings, string[]]>([
    [
      'plain HTTP anywhere but on localhost',
      production({ WAVE_STORE_PUBLIC_URL: 'http://store.example.org' }),
      [refusals.plainHttp],
    ],
    [
      'an IP address as the store',
      production({ WAVE_STORE_PUBLIC_URL: 'https://192.0.2.7' }),
      [refusals.addressAsStore],
    ],
    [
      'an IPv6 address as the store',
      production({ WAVE_STORE_PUBLIC_URL: 'https://[2001:db8::7]' }),
      [refusals.addressAsStore],
    ],
    ['an IP address as the apps host', production({ WAVE_STORE_APPS_HOST: '192.0.2.7' }), [refusals.addressAsApps]],
    [
      'an apps host that is none',
      production({ WAVE_STORE_APPS_HOST: 'https://Apps.example.net/' }),
      [refusals.appsHostForm],
    ],
    ['no apps host off localhost', production({ WAVE_STORE_APPS_HOST: '' }), [refusals.appsHostMissing]],
    ['apps at the store’s own host', production({ WAVE_STORE_APPS_HOST: 'store.example.org' }), [refusals.appsAtStore]],
    ['apps below the store', production({ WAVE_STORE_APPS_HOST: 'apps.store.example.org' }), [refusals.appsAtStore]],
    ['apps above the store', production({ WAVE_STORE_APPS_HOST: 'example.org' }), [refusals.storeBelowApps]],
    [
      'apps elsewhere while the store is plain',
      { WAVE_STORE_APPS_HOST: 'apps.example.net:8080' },
      [refusals.plainApps],
    ],
    [
      'another port for apps without a proxy',
      production({ ...ownTls, WAVE_STORE_APPS_HOST: 'apps.example.net:8443', WAVE_STORE_TRUSTED_PROXY_HOPS: '0' }),
      [refusals.appsPort],
    ],
    ['a certificate without a key', production({ WAVE_STORE_TLS_CERT_FILE: '/tls/cert.pem' }), [refusals.halfTls]],
    ['a key without a certificate', production({ WAVE_STORE_TLS_KEY_FILE: '/tls/key.pem' }), [refusals.halfTls]],
    [
      'half a second certificate',
      production({ ...ownTls, WAVE_STORE_TLS_APPS_KEY_FILE: '/tls/k.pem' }),
      [refusals.halfAppsTls],
    ],
    [
      'a second certificate without a first',
      production({ WAVE_STORE_TLS_APPS_CERT_FILE: '/tls/c.pem', WAVE_STORE_TLS_APPS_KEY_FILE: '/tls/k.pem' }),
      [refusals.onlyAppsTls],
    ],
    ['TLS under a plain address', ownTls, [refusals.tlsWithoutHttps]],
    [
      'development accounts where others can come in',
      { WAVE_STORE_HOST: '0.0.0.0', WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'true' },
      [refusals.developmentReachable],
    ],
    [
      'development accounts behind a proxy',
      { WAVE_STORE_TRUSTED_PROXY_HOPS: '1', WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'true' },
      [refusals.developmentBehindProxy],
    ],
    [
      'all of it at once',
      {
        WAVE_STORE_PUBLIC_URL: 'http://192.0.2.7',
        WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'true',
        WAVE_STORE_TLS_KEY_FILE: '/tls/key.pem',
      },
      [
        refusals.developmentReachable,
        refusals.halfTls,
        refusals.plainHttp,
        refusals.addressAsStore,
        refusals.appsHostMissing,
      ],
    ],
  ])('is %s', (_what, environment, problems) => {
    expect(problemsOf(environment)).toEqual(problems)
  })

  it.each<[string, Settings]>([
    ['a name beside the store', production({ WAVE_STORE_APPS_HOST: 'apps.example.org' })],
    ['a name that only ends like the store’s', production({ WAVE_STORE_APPS_HOST: 'mystore.example.org' })],
    ['another port for apps behind a proxy', production({ WAVE_STORE_APPS_HOST: 'apps.example.net:8443' })],
    ['TLS in the store', production({ ...ownTls, WAVE_STORE_TRUSTED_PROXY_HOPS: '0' })],
    ['TLS on localhost', { ...ownTls, WAVE_STORE_PUBLIC_URL: 'https://localhost:8443' }],
    ['plain HTTP on another port of localhost', { WAVE_STORE_PUBLIC_URL: 'http://localhost:9000' }],
  ])('is not %s', (_what, environment) => {
    expect(problemsOf(environment)).toEqual([])
  })

  it('says nothing about apps when the store’s own address cannot be read', () => {
    const problems = problemsOf({
      WAVE_STORE_PUBLIC_URL: 'store.example.org',
      WAVE_STORE_APPS_HOST: 'apps.example.net',
    })
    expect(problems).toEqual(['WAVE_STORE_PUBLIC_URL must be an origin such as https://store.example.org.'])
  })
})

describe('what is warned of', () => {
  const warningsOf = (environment: Settings) => configWarnings(read(environment))

  it('is a parent that store and apps share', () => {
    expect(warningsOf(production({ WAVE_STORE_APPS_HOST: 'apps.example.org' }))).toEqual([
      expect.stringContaining('share the domain example.org'),
    ])
    expect(warningsOf(production())).toEqual([])
    expect(warningsOf({})).toEqual([])
  })

  it('is a proxy that nobody trusts', () => {
    const noHops = { WAVE_STORE_TRUSTED_PROXY_HOPS: '0' }
    expect(warningsOf(production(noHops))).toEqual([expect.stringContaining('WAVE_STORE_TRUSTED_PROXY_HOPS')])
    expect(warningsOf(production({ ...noHops, ...ownTls }))).toEqual([])
  })

  it.each([
    ['store.example.org', 'example.org'],
    ['example.org', 'example.org'],
    ['a.store.example.co.uk', 'example.co.uk'],
    ['store.h2o.ai', 'h2o.ai'],
    ['store', 'store'],
  ])('takes %s to belong to %s', (name, parent) => {
    expect(registrableParent(name)).toBe(parent)
  })
})
