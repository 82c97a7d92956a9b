import { expect, it } from 'vitest'
import { Uids } from './uids.ts'

it('gives ids in turn, and one that came back only after the others', () => {
  const uids = new Uids({ first: 100, count: 3 }, [101])
  expect(uids.borrow()).toBe(100)
  uids.giveBack(100)
  expect(uids.borrow()).toBe(102)
  expect(uids.borrow()).toBe(100)
  expect(() => uids.borrow()).toThrow('All 3 user ids from 100 on are in use')
})

it('gives none where all run as one user', () => {
  const uids = new Uids(null)
  expect(uids.borrow()).toBeNull()
  uids.giveBack(null)
})
