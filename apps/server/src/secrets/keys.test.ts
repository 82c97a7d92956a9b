import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { StoreError } from '@wave-store/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestStore } from '../testing/test-store.ts'
import { newKey } from './key-file.ts'
import { rotateKeyFile } from './open-key-ring.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'secrets-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const keyFile = () => join(dataDir, 'secrets.key')
const sealedIn = async (store: TestStore) =>
  (await store.store.context.db.selectFrom('secretValue').select('sealed').orderBy('key').execute()).map(
    ({ sealed }) => sealed,
  )
const opened = async (store: TestStore) => {
  const { secrets } = store.store.context
  const [secret] = await secrets.list('all')
  return Object.fromEntries(await secrets.open(secret!.id, ['user', 'password']))
}
const values = { user: { text: 'dana' }, password: { text: 'correct horse' } }
const kept = { user: { text: 'dana' }, password: { text: 'correct horse' } }

async function startWithSecret(environment: Record<string, string> = {}) {
  await using store = await startTestStore({ dataDir, environment })
  const dana = await store.as('dana')
  await dana.client.createSecret({ body: { name: 'db', values } })
  return sealedIn(store)
}

const environmentOf = (key: Buffer, ...previous: Buffer[]) => ({
  WAVE_STORE_SECRETS_KEY: key.toString('base64'),
  WAVE_STORE_SECRETS_PREVIOUS_KEYS: previous.map((one) => one.toString('base64')).join(' '),
})

describe('the key file', () => {
  it('is made at the first run, for the store alone, and read by the next one', async () => {
    await startWithSecret()
    const { mode } = await stat(keyFile())
    expect(mode & 0o777).toBe(0o600)
    const before = await readFile(keyFile(), 'utf8')
    await using store = await startTestStore({ dataDir })
    expect(await opened(store)).toEqual(kept)
    expect(await readFile(keyFile(), 'utf8')).toBe(before)
  })

  it('gets a new key in front; the next start seals everything with it and takes the old one out', async () => {
    const before = await startWithSecret()
    const [old] = (await readFile(keyFile(), 'utf8')).split('\n').slice(1)
    expect(await rotateKeyFile(dataDir)).toBe(true)
    expect(await readFile(keyFile(), 'utf8')).toContain(old)
    await using store = await startTestStore({ dataDir })
    expect(await opened(store)).toEqual(kept)
    const after = await sealedIn(store)
    expect(after.map((sealed) => sealed.slice(0, 17))).not.toContain(before[0]!.slice(0, 17))
    expect(await readFile(keyFile(), 'utf8')).not.toContain(old)
  })

  it('is rotated beneath a store that runs, which goes on with the old key until it is started again', async () => {
    {
      await using store = await startTestStore({ dataDir })
      await rotateKeyFile(dataDir)
      await (await store.as('dana')).client.createSecret({ body: { name: 'db', values } })
      await rotateKeyFile(dataDir)
    }
    await using store = await startTestStore({ dataDir })
    expect(await opened(store)).toEqual(kept)
  })

  it('is whole wherever the command that rotates it is killed', async () => {
    await startWithSecret()
    const command = fileURLToPath(new URL('../rotate-secrets-key.ts', import.meta.url))
    const env = { PATH: process.env.PATH, WAVE_STORE_DATA_DIR: dataDir }
    for (let killedAfterMs = 0; killedAfterMs < 400; killedAfterMs += 50) {
      const rotating = spawn(process.execPath, [command], { env, timeout: killedAfterMs + 1, killSignal: 'SIGKILL' })
      await once(rotating, 'exit')
    }
    const rotating = spawn(process.execPath, [command], { env })
    const [told] = await Promise.all([text(rotating.stdout), once(rotating, 'exit')])
    expect(told).toContain('Start the store again')
    await using store = await startTestStore({ dataDir })
    expect(await opened(store)).toEqual(kept)
  })

  it('is gone through again where sealing anew was cut off', async () => {
    const [old] = await startWithSecret()
    const key = await readFile(keyFile(), 'utf8')
    await rotateKeyFile(dataDir)
    const both = await readFile(keyFile(), 'utf8')
    {
      await using store = await startTestStore({ dataDir })
      const { db } = store.store.context
      await db.updateTable('secretValue').set({ sealed: old! }).where('key', '=', 'password').execute()
    }
    await writeFile(keyFile(), both)
    await using store = await startTestStore({ dataDir })
    expect(await opened(store)).toEqual(kept)
    expect(await sealedIn(store)).not.toContain(old)
    expect(await readFile(keyFile(), 'utf8')).not.toContain(key.split('\n')[1])
  })

  it('that holds no key is left as it is; the store starts, and keeps no secrets until it is mended', async () => {
    await startWithSecret()
    const before = await readFile(keyFile(), 'utf8')
    await writeFile(keyFile(), 'not a key')
    {
      await using store = await startTestStore({ dataDir })
      const dana = await store.as('dana')
      const creating = dana.client.createSecret({ body: { name: 'other', values } })
      await expect(creating).rejects.toMatchObject({ code: 'unavailable' } satisfies Partial<StoreError>)
      const { notices } = await (await store.as('admin')).client.getSession()
      expect(notices.map((notice) => notice.text).join()).toContain('secrets.key')
      expect(await readFile(keyFile(), 'utf8')).toBe('not a key')
    }
    await writeFile(keyFile(), before)
    await using store = await startTestStore({ dataDir })
    expect(await opened(store)).toEqual(kept)
  })
})

describe('a configured key', () => {
  it('takes over from the file, and from a previous one', async () => {
    const [first, second] = [newKey(), newKey()]
    await startWithSecret()
    {
      await using store = await startTestStore({ dataDir, environment: environmentOf(first) })
      expect(await opened(store)).toEqual(kept)
    }
    await rm(keyFile())
    {
      await using store = await startTestStore({ dataDir, environment: environmentOf(second, first) })
      expect(await opened(store)).toEqual(kept)
    }
    await using store = await startTestStore({ dataDir, environment: environmentOf(second) })
    expect(await opened(store)).toEqual(kept)
  })

  it('that is the wrong one: the store starts, names what is lost, and refuses what needs it, until the key is back', async () => {
    const [right, wrong] = [newKey(), newKey()]
    await startWithSecret(environmentOf(right))
    {
      await using store = await startTestStore({ dataDir, environment: environmentOf(wrong) })
      const [dana, admin] = [await store.as('dana'), await store.as('admin')]
      const { notices } = await admin.client.getSession()
      expect(notices.find(({ text }) => text.includes('db of Dana Developer'))?.severity).toBe('warning')
      expect((await dana.client.getSession()).notices.map(({ text }) => text).join()).not.toContain('db')
      const { items } = await dana.client.listSecrets({})
      expect(items[0]!.keys.map(({ isLost }) => isLost)).toEqual([true, true])

      const tables = '[[Env]]\nName = "PASSWORD"\nSecret = "db"\nSecretKey = "password"'
      const { id: appId, launchRefusal } = await dana.importBundle(await demoBundle({ tables }))
      const launching = dana.client.launchInstance({ body: { appId } })
      await expect(launching).rejects.toMatchObject({ code: 'cannot_launch' } satisfies Partial<StoreError>)
      for (const word of ['db', 'password', 'anew']) expect(launchRefusal).toContain(word)

      const body = { set: { user: { text: 'uri' } } }
      await dana.client.updateSecret({ params: { secretId: items[0]!.id }, body })
    }
    await using store = await startTestStore({ dataDir, environment: environmentOf(right, wrong) })
    expect(await opened(store)).toEqual({ ...kept, user: { text: 'uri' } })
    const { notices } = await (await store.as('admin')).client.getSession()
    expect(notices.map(({ text }) => text).join()).not.toContain('db of')
  })
})
