import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config/read-config.ts'
import { NotEmpty } from '../db/copy-database.ts'
import { demoBundle } from '../testing/demo-bundle.ts'
import { clusterVariable, testDatabase } from '../testing/postgres-cluster.ts'
import { startTestStore, type TestStore } from '../testing/test-store.ts'
import { moveStore } from './move-store.ts'

const embedded = { WAVE_STORE_DATABASE_URL: '' }
const settingsOf = (dataDir: string, more: Record<string, string>) =>
  readConfig({ WAVE_STORE_DATA_DIR: dataDir, WAVE_STORE_PORT: '8080', ...more }, '/')

describe('an embedded store that is moved', () => {
  let dataDir: string
  let database: string
  let cookie: string
  let before: Awaited<ReturnType<typeof contentOf>>
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'wave-move-'))
    database = await testDatabase(process.env[clusterVariable]!, `moved ${dataDir}`)
    await using store = await startTestStore({ dataDir, environment: embedded })
    const dana = await store.as('dana')
    const { id } = await dana.importBundle(await demoBundle({ name: 'moved' }))
    await dana.client.updateApp({ params: { appId: id }, body: { visibility: 'ALL_USERS' } })
    await dana.client.launchInstance({ body: { appId: id } })
    await dana.client.createSecret({ body: { name: 'key', values: { a: { text: 'sealed' } } } })
    before = await contentOf(store, dana.cookies.toString())
    cookie = dana.cookies.toString()
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  it('is refused where no place is named, and while it runs', async () => {
    await expect(moveStore(settingsOf(dataDir, {}))).rejects.toThrow('WAVE_STORE_DATABASE_URL')
    await using _store = await startTestStore({ dataDir, environment: embedded })
    await expect(moveStore(settingsOf(dataDir, { WAVE_STORE_DATABASE_URL: database }))).rejects.toThrow('is in use')
  })

  it('goes on in PostgreSQL with everything it held, and everybody signed in', async () => {
    const { rows } = await moveStore(settingsOf(dataDir, { WAVE_STORE_DATABASE_URL: database }))
    expect(rows).toBeGreaterThan(10)
    await using store = await startTestStore({ dataDir, environment: { WAVE_STORE_DATABASE_URL: database } })
    expect(await contentOf(store, cookie)).toEqual(before)
    const dana = await store.as('dana')
    await dana.importBundle(await demoBundle({ name: 'another' }))
    expect((await dana.client.listApps({ query: { scope: 'mine' } })).items).toHaveLength(2)
  })

  it('does not go where a store is already', async () => {
    await expect(moveStore(settingsOf(dataDir, { WAVE_STORE_DATABASE_URL: database }))).rejects.toThrow(NotEmpty)
  })
})

/** What somebody sees of a store, with the session that they had. */
async function contentOf({ origin, store }: TestStore, cookie: string) {
  const read = async (path: string) => {
    const answer = await fetch(origin + path, { headers: { cookie } })
    expect(answer.status, path).toBe(200)
    return (await answer.json()) as { items?: { id: string; name?: string; visibility?: string }[] }
  }
  const idsOf = async (path: string) => (await read(path)).items?.map(({ id, name }) => ({ id, name }))
  const { context } = store
  const secrets = await context.db.selectFrom('secretValue').selectAll().execute()
  return {
    apps: await idsOf('/api/apps?scope=mine'),
    instances: await idsOf('/api/instances?scope=mine'),
    secrets: await idsOf('/api/secrets'),
    sealed: secrets.length,
    events: (await context.db.selectFrom('auditEvent').select('id').execute()).length > 0,
  }
}
