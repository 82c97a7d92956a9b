import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clusterVariable, testDatabase } from '../testing/postgres-cluster.ts'
import type { Db } from './database.ts'
import {
  DatabaseUnavailable,
  isMissingReference,
  isUniqueViolation,
  openDatabase,
  openReader,
} from './open-database.ts'

let url: string
let db: Db
let other: Db
beforeAll(async () => {
  url = await testDatabase(process.env[clusterVariable]!, 'postgres.test')
  // Two servers that start at one moment.
  ;[db, other] = await Promise.all([openDatabase(url), openDatabase(url)])
})
afterAll(() => Promise.all([db.destroy(), other.destroy()]))

const setting = (name: string, value: string) => ({ name, value })

describe('on PostgreSQL', () => {
  it('transactions come one after the other, over all servers', async () => {
    await db.insertInto('setting').values(setting('count', '0')).execute()
    const addOne = (at: Db) =>
      at.transaction().execute(async (transaction) => {
        const { value } = await transaction
          .selectFrom('setting')
          .select('value')
          .where('name', '=', 'count')
          .executeTakeFirstOrThrow()
        const next = String(Number(value) + 1)
        await transaction.updateTable('setting').set({ value: next }).where('name', '=', 'count').execute()
      })
    await Promise.all(Array.from({ length: 40 }, (_, i) => addOne(i % 2 ? db : other)))
    const found = await db.selectFrom('setting').select('value').where('name', '=', 'count').executeTakeFirst()
    expect(found?.value).toBe('40')
  })

  it('a transaction that fails lets the next one in, and leaves nothing', async () => {
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('setting').values(setting('half', 'done')).execute()
      throw new Error('Not this one')
    })
    await expect(failing).rejects.toThrow('Not this one')
    await other.transaction().execute(async (transaction) => {
      expect(await transaction.selectFrom('setting').selectAll().where('name', '=', 'half').execute()).toEqual([])
    })
  })

  it('text may hold NUL, which is kept as the sign for what cannot be shown', async () => {
    await db.insertInto('setting').values(setting('nul', 'a\0b')).execute()
    const found = await db.selectFrom('setting').select('value').where('value', '=', 'a\0b').execute()
    expect(found).toEqual([{ value: 'a\uFFFDb' }])
  })

  it('a reader changes nothing', async () => {
    const reader = openReader(url)
    expect(await reader.selectFrom('app').selectAll().execute()).toEqual([])
    await expect(reader.insertInto('setting').values(setting('x', 'y')).execute()).rejects.toThrow('read-only')
    await reader.destroy()
  })

  it('refusals are known by their kind', async () => {
    await db.insertInto('setting').values(setting('once', 'a')).execute()
    const again = await db
      .insertInto('setting')
      .values(setting('once', 'b'))
      .execute()
      .catch((cause) => cause)
    expect(isUniqueViolation(again)).toBe(true)
    const dangling = await db
      .insertInto('appTag')
      .values({ appId: 'none', tagId: 'none' })
      .execute()
      .catch((cause) => cause)
    expect(isMissingReference(dangling)).toBe(true)
  })

  it('sums and counts are numbers', async () => {
    const { count } = await db
      .selectFrom('setting')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toEqual(expect.any(Number))
  })

  it('a database that is not there is said to be the matter', async () => {
    const nowhere = openDatabase(url.replace(/t_[\da-f]+/, 'nowhere'))
    await expect(nowhere).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(openDatabase('postgres://127.0.0.1:1/x')).rejects.toThrow('WAVE_STORE_DATABASE_URL')
  })
})
