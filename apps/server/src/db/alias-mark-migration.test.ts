import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrations } from './migrations.ts'
import { openDatabase } from './open-database.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alias-marks-'))
})
afterAll(() => rm(directory, { recursive: true }))

it('a name that has moved gets a mark of its own, and one that never did none', async () => {
  const path = join(directory, 'store.db')
  const before = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Sqlite(path) }) })
  const migrator = new Migrator({ db: before, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateTo('0006-instance-turn')
  expect(error).toBeUndefined()
  const counted = before.withTables<{ alias: { name: string; isPrimary: number; moves: number; createdAt: number } }>()
  const rows = [0, 1, 7].map((moves) => ({ name: `moved-${moves}`, isPrimary: 0, moves, createdAt: 1 }))
  await counted.insertInto('alias').values(rows).execute()
  await before.destroy()

  const db = await openDatabase(path)
  const marks = await db.selectFrom('alias').select('moveMark').orderBy('name').execute()
  await db.destroy()
  expect(marks[0]).toEqual({ moveMark: null })
  expect(new Set(marks.map(({ moveMark }) => moveMark)).size).toBe(3)
})
