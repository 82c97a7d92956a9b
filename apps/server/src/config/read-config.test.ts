import { describe, expect, it } from 'vitest'
import type { ConfigError } from './config.ts'
import { readConfig } from './read-config.ts'

const read = (environment: Record<string, string>) => readConfig(environment, '/srv/store')

const problemsOf = (environment: Record<string, string>): string[] => {
  try {
    read(environment)
    return []
  } catch (error) {
    return (error as ConfigError).problems
  }
}

describe('readConfig', () => {
  it('needs nothing: the defaults serve one person on localhost', () => {
    expect(read({})).toMatchObject({
      listen: { host: '127.0.0.1', port: 8080 },
      appsHost: 'localhost:8080',
      dataDir: '/srv/store/data',
      identity: { source: { kind: 'local', development: true } },
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

  it('has no development accounts where other machines can come in', () => {
    expect(read({ WAVE_STORE_HOST: '0.0.0.0' }).identity.source).toMatchObject({ development: false })
    expect(read({ WAVE_STORE_PUBLIC_URL: 'https://store.example.org' }).identity.source).toMatchObject({
      development: false,
    })
    expect(problemsOf({ WAVE_STORE_HOST: '0.0.0.0', WAVE_STORE_DEVELOPMENT_ACCOUNTS: 'true' })).toHaveLength(1)
  })

  it('refuses plain HTTP anywhere but on localhost', () => {
    expect(problemsOf({ WAVE_STORE_PUBLIC_URL: 'http://store.example.org' })).toHaveLength(1)
    expect(problemsOf({ WAVE_STORE_PUBLIC_URL: 'http://localhost:9000' })).toEqual([])
  })

  it('reads sizes with their units', () => {
    expect(read({ WAVE_STORE_BUNDLE_MAX_BYTES: '500Mi' }).bundles.maxBytes).toBe(500 * 2 ** 20)
    expect(read({ WAVE_STORE_BUNDLE_MAX_BYTES: '2G' }).bundles.maxBytes).toBe(2e9)
  })
})
