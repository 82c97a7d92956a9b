import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { AppRepository } from '../apps/repository.ts'
import { openDatabase } from '../db/open-database.ts'
import { PeopleRepository } from '../people/repository.ts'
import type { CatalogEntry } from './catalog-index.ts'
import { CatalogRepository } from './catalog-repository.ts'

const clock = { now: () => 0 }
const subject = { issuer: 'https://issuer.test', subject: 'ada' }

async function openWorld() {
  const db = await openDatabase(':memory:')
  const people = new PeopleRepository(db, clock, { adminRole: 'admin', fullAccessRole: null })
  const { id: ownerId } = await people.recognise({ ...subject, name: 'Ada', email: '', roles: [] })
  const apps = new AppRepository(db, { publicMode: false })
  const add = async (version: string, name = 'demo') => {
    const app = {
      id: randomUUID(),
      name,
      version,
      rank: version,
      title: 'Demo',
      description: '',
      category: 'Other',
      lifecycle: 'ON_DEMAND',
      ownerId,
      visibility: 'ALL_USERS',
      manifestJson: '{"app":{"keywords":["k"]}}',
      manifestText: '',
      longDescription: null,
      requirements: null,
      osPackagesJson: '[]',
      warningsJson: '[]',
      bundleSha256: '',
      bundleBytes: 0,
      environmentInputs: null,
      createdAt: 0,
      updatedAt: 0,
    } as const
    await apps.insert(app, { images: [], tagIds: [] })
    return app.id
  }
  const entries = new Map<string, CatalogEntry>()
  const catalog = new CatalogRepository(db)
  const follow = async () => {
    const told: string[] = []
    await catalog.follow({
      put: (entry) => {
        entries.set(entry.id, entry)
        told.push(entry.version)
      },
      remove: (id) => {
        entries.delete(id)
        told.push('gone')
      },
    })
    return told.sort()
  }
  return { db, people, apps, add, entries, follow, [Symbol.asyncDispose]: () => db.destroy() }
}

it('tells every version at first, and then those that changed', async () => {
  await using world = await openWorld()
  const first = await world.add('1.0.0')
  expect(await world.follow()).toEqual(['1.0.0'])
  expect(await world.follow()).toEqual([])
  const second = await world.add('2.0.0')
  expect(await world.follow()).toEqual(['1.0.0', '2.0.0'])
  expect([world.entries.get(first)?.isListed, world.entries.get(second)?.isListed]).toEqual([false, true])
  await world.apps.delete((await world.apps.byId(second))!)
  expect(await world.follow()).toEqual(['1.0.0', 'gone'])
  expect(world.entries.get(first)).toMatchObject({ isListed: true, keywords: ['k'], ownerName: 'Ada' })
})

it('tells the apps of an owner again when their name is another', async () => {
  await using world = await openWorld()
  const app = await world.add('1.0.0')
  await world.follow()
  await world.people.recognise({ ...subject, name: 'Ada', email: 'ada@issuer.test', roles: [] })
  expect(await world.follow()).toEqual([])
  await world.people.recognise({ ...subject, name: 'Ada L', email: '', roles: [] })
  expect(await world.follow()).toEqual(['1.0.0'])
  await world.people.update(subject, { name: 'Ada Lovelace' })
  await world.follow()
  expect(world.entries.get(app)?.ownerName).toBe('Ada Lovelace')
})

it('reads more versions than fit into one look', async () => {
  await using world = await openWorld()
  for (let i = 0; i < 1100; i++) await world.add('1.0.0', `demo-${i}`)
  await world.follow()
  expect(world.entries.size).toBe(1100)
})
