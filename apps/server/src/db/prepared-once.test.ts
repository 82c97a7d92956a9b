import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { preparedOnce } from './prepared-once.ts'

it('compiles a query once, however often it is asked', () => {
  const database = preparedOnce(new Sqlite(':memory:'))
  expect(database.prepare('SELECT 1 AS one')).toBe(database.prepare('SELECT 1 AS one'))
  expect(database.prepare('SELECT 1 AS one').all([])).toEqual([{ one: 1 }])
})

it('sees a column that came after the query was compiled', () => {
  const sqlite = new Sqlite(':memory:')
  const database = preparedOnce(sqlite)
  sqlite.exec('CREATE TABLE thing (a); INSERT INTO thing VALUES (1)')
  expect(database.prepare('SELECT * FROM thing').all([])).toEqual([{ a: 1 }])
  sqlite.exec('ALTER TABLE thing ADD COLUMN b DEFAULT 2')
  expect(database.prepare('SELECT * FROM thing').all([])).toEqual([{ a: 1, b: 2 }])
})

it('lets go of the queries that were not asked for longest', () => {
  const database = preparedOnce(new Sqlite(':memory:'))
  const [often, seldom] = [database.prepare('SELECT 1'), database.prepare('SELECT 2')]
  for (let n = 0; n < 600; n++) {
    database.prepare(`SELECT ${n} AS n`)
    database.prepare('SELECT 1')
  }
  expect(database.prepare('SELECT 1')).toBe(often)
  expect(database.prepare('SELECT 2')).not.toBe(seldom)
})
