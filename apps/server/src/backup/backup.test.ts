import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildBundle, manifestText, tinyPng } from '@wave-store/testing'
import { expect, it } from 'vitest'
import { backUpTo, restoreTo, temporaryDirectory } from '../testing/backups.ts'
import { startTestStore, type TestPerson } from '../testing/test-store.ts'

it('gives the apps, their bundles and pictures, and everybody signs in anew', async () => {
  const folder = await temporaryDirectory()
  const file = join(folder, 'backup.tar')
  await using store = await startTestStore()
  const dana = await store.as('dana')
  const app = await dana.importBundle(await bundle('first'))
  const before = await bundleOf(dana, app.id)
  await backUpTo(file, store.dataDir)
  await dana.importBundle(await bundle('later'))

  await restoreTo(join(folder, 'new'), file)
  await using restored = await startTestStore({ dataDir: join(folder, 'new') })
  const stale = await restored.store.context.db.selectFrom('session').selectAll().execute()
  expect(stale).toEqual([])
  const again = await restored.as('dana')
  const { items } = await again.client.listApps({ query: { scope: 'mine' } })
  expect(items.map(({ id }) => id)).toEqual([app.id])
  expect(await bundleOf(again, app.id)).toEqual(before)
  expect((await again.fetch(app.iconUrl ?? '')).status).toBe(200)
})

it('holds neither keys nor blobs that no app has', async () => {
  const folder = await temporaryDirectory()
  await using store = await startTestStore()
  const dana = await store.as('dana')
  await dana.importBundle(await bundle('first'))
  const orphan = createHash('sha256').update('orphan').digest('hex')
  const place = join(store.dataDir, 'bundles', 'blobs', orphan.slice(0, 2))
  await mkdir(place, { recursive: true })
  await writeFile(join(place, orphan), 'orphan')
  await backUpTo(join(folder, 'backup.tar'), store.dataDir)
  const written = await readFile(join(folder, 'backup.tar'))
  const keys = JSON.parse(await readFile(join(store.dataDir, 'keys.json'), 'utf8')) as Record<string, unknown>
  const [, sealing = ''] = (await readFile(join(store.dataDir, 'secrets.key'), 'utf8')).split('\n')
  expect(Buffer.from(sealing, 'base64')).toHaveLength(32)
  const absent = ['orphan', sealing, Buffer.from(sealing, 'base64'), keys.sealingKey, keys.storeClientSecret]
  for (const each of absent) expect(written.includes(each as string | Buffer)).toBe(false)
})

it('leaves nothing behind when it is interrupted, and the backup from before as it was', async () => {
  const folder = await temporaryDirectory()
  const file = join(folder, 'backup.tar')
  await using store = await startTestStore()
  const dana = await store.as('dana')
  await dana.importBundle(await bundle('first'))
  await writeFile(file, 'the one from before')
  const end = new AbortController()
  const volume = await keepData(store.dataDir, dana)
  await writeFile(join(volume, 'large'), Buffer.alloc(64 << 20, 1))
  const running = backUpTo(file, store.dataDir, { signal: end.signal })
  while ((await readdir(folder)).length === 1) await new Promise(setImmediate)
  end.abort()
  await expect(running).rejects.toThrow('aborted')
  expect(await readdir(folder)).toEqual(['backup.tar'])
  expect(await readFile(file, 'utf8')).toBe('the one from before')
  expect((await readdir(store.dataDir)).filter((name) => name.startsWith('backup-'))).toEqual([])
})

it('removes what a killed backup has left', async () => {
  const folder = await temporaryDirectory()
  await using store = await startTestStore()
  await mkdir(join(store.dataDir, 'backup-4194999', 'blobs-0'), { recursive: true })
  await backUpTo(join(folder, 'backup.tar'), store.dataDir)
  expect((await readdir(store.dataDir)).filter((name) => name.startsWith('backup-'))).toEqual([])
})

it('can always be restored, however many imports and deletes go on meanwhile', async () => {
  const folder = await temporaryDirectory()
  await using store = await startTestStore()
  const dana = await store.as('dana')
  let done = false
  const change = async (name: string) => {
    while (!done) {
      const { id } = await dana.importBundle(await bundle(name))
      await dana.client.deleteApp({ params: { appId: id } })
    }
  }
  const changes = Promise.all(['one', 'two', 'three', 'four'].map(change))
  try {
    for (let round = 0; round < 8; round++) {
      const file = join(folder, `${round}.tar`)
      await backUpTo(file, store.dataDir)
      await restoreTo(join(folder, String(round)), file)
    }
  } finally {
    done = true
    await changes
  }
  await using restored = await startTestStore({ dataDir: join(folder, '7') })
  const again = await restored.as('dana')
  const { items } = await again.client.listApps({ query: { scope: 'mine' } })
  for (const { id } of items) expect((await bundleOf(again, id)).byteLength).toBeGreaterThan(0)
})

it('says where there is no store, and makes nothing', async () => {
  const folder = await temporaryDirectory()
  const nowhere = join(folder, 'nowhere')
  await expect(backUpTo(join(folder, 'backup.tar'), nowhere)).rejects.toThrow(`There is no store in ${nowhere}`)
  expect(existsSync(nowhere)).toBe(false)
})

it('keeps the data of instances, and lets those go that end meanwhile', async () => {
  const folder = await temporaryDirectory()
  const file = join(folder, 'backup.tar')
  await using store = await startTestStore()
  const dana = await store.as('dana')
  await dana.importBundle(await bundle('first'))
  await writeFile(join(await keepData(store.dataDir, dana), 'mark'), 'kept')
  expect(await backUpTo(file, store.dataDir)).toMatchObject({ apps: 1, instances: 1 })
  await restoreTo(join(folder, 'new'), file)
  const [instance] = await readdir(join(folder, 'new', 'runtime', 'instances'))
  const mark = join(folder, 'new', 'runtime', 'instances', instance!, 'volume', 'mark')
  expect(await readFile(mark, 'utf8')).toBe('kept')
})

async function bundle(name: string): Promise<Uint8Array> {
  const files = { 'app.py': `print("${name}")`, 'static/icon.png': tinyPng }
  return buildBundle({ manifest: manifestText({ name: `backup.${name}` }), files })
}

async function bundleOf(person: TestPerson, appId: string): Promise<Buffer> {
  const response = await person.fetch(`/api/apps/${appId}/bundle`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

/** Launches the person's app and gives it a volume, as the runtime in memory makes none. */
async function keepData(dataDir: string, { client }: TestPerson): Promise<string> {
  const { items } = await client.listApps({ query: { scope: 'mine' } })
  const { id } = await client.launchInstance({ body: { appId: items[0]!.id } })
  const volume = join(dataDir, 'runtime', 'instances', id, 'volume')
  await mkdir(volume, { recursive: true })
  return volume
}
