import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@wave-store/client'
import type { AppDetails, Instance } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { type CookieJar, type Credentials, eventually, freePort, signIn } from '@wave-store/testing'
import pino from 'pino'
import { readConfig } from '../config/read-config.ts'
import type { Ports } from '../context.ts'
import { type Store, startStore } from '../start-store.ts'
import { clusterVariable, testDatabase } from './postgres-cluster.ts'

export interface TestPerson {
  client: Client
  /** The cookies that their browser holds. */
  cookies: CookieJar
  /** A request with the person's session. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  importBundle: (bytes: Uint8Array) => Promise<AppDetails>
  /** The instance once it is up. */
  deployed: (instanceId: string) => Promise<Instance>
}

export interface TestStore extends AsyncDisposable {
  origin: string
  dataDir: string
  store: Store
  as: (credentials: Credentials, headers?: Record<string, string>) => Promise<TestPerson>
  anonymous: Client
}

export interface TestStoreOptions extends Ports {
  environment?: Record<string, string>
  dataDir?: string
}

/** A real store on a random port, on PostgreSQL where tests run on that, with a directory of its own; instances run in memory unless a runtime is passed. */
export async function startTestStore({
  environment,
  dataDir: given,
  ...ports
}: TestStoreOptions = {}): Promise<TestStore> {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'wave-store-')))
  const port = await freePort()
  const cluster = process.env[clusterVariable]
  const settings = {
    WAVE_STORE_PORT: String(port),
    WAVE_STORE_DATA_DIR: dataDir,
    ...(cluster && { WAVE_STORE_DATABASE_URL: await testDatabase(cluster, dataDir) }),
    WAVE_STORE_SAMPLES: 'false',
    // Apps of tests that never answer hold up no others.
    WAVE_STORE_MAX_STARTS: '1000',
    ...environment,
  }
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' })
  const config = readConfig(settings, '/')
  const { origin } = config.publicUrl
  const store = await startStore(config, { runtime: new InMemoryRuntime(), logger, ...ports })
  return {
    origin,
    dataDir,
    store,
    anonymous: createClient({ baseUrl: origin }),
    as: (credentials, headers) => person(origin, credentials, headers),
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      if (!given) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function person(
  origin: string,
  credentials: Credentials,
  headers: Record<string, string> = {},
): Promise<TestPerson> {
  const cookies = await signIn(origin, credentials, headers)
  const cookie = String(cookies)
  const send: TestPerson['fetch'] = (path, init) =>
    fetch(origin + path, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } })
  const client = createClient({ baseUrl: origin, headers: { cookie } })
  return {
    cookies,
    client,
    fetch: send,
    importBundle: async (bytes) => {
      const body = bytes as Uint8Array<ArrayBuffer>
      const response = await send('/api/apps', { method: 'POST', body, headers: { 'content-type': 'application/zip' } })
      if (response.status !== 201) throw new Error(await response.text())
      return (await response.json()) as AppDetails
    },
    deployed: (instanceId) =>
      eventually(async () => {
        const instance = await client.getInstance({ params: { instanceId } })
        if (instance.status !== 'DEPLOYED') throw new Error(instance.status)
        return instance
      }),
  }
}
