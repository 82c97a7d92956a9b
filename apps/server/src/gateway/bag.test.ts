import { expect, it } from 'vitest'
import { Bag, type BagMember } from './bag.ts'

interface Named extends BagMember {
  name: string
}

function filled(...names: string[]) {
  const bag = new Bag<Named>()
  const members = names.map((name) => ({ name }))
  for (const member of members) bag.add(member)
  return { bag, members, names: () => bag.all().map(({ name }) => name) }
}

it('holds each member once', () => {
  const { bag, members, names } = filled('a', 'b')
  bag.add(members[0]!)
  expect(names()).toEqual(['a', 'b'])
  expect(bag.size).toBe(2)
})

it('lets go of any member, in any order, and says whether it was there', () => {
  const { bag, members, names } = filled('a', 'b', 'c', 'd')
  const [a, b, c, d] = members as [Named, Named, Named, Named]
  expect(bag.delete(a)).toBe(true)
  expect(bag.delete(a)).toBe(false)
  expect(names().toSorted()).toEqual(['b', 'c', 'd'])
  expect(bag.delete(d)).toBe(true)
  expect(bag.delete(c)).toBe(true)
  expect(names()).toEqual(['b'])
  bag.add(a)
  expect(bag.delete(b)).toBe(true)
  expect(names()).toEqual(['a'])
})

it('may change while its members are gone through', () => {
  const { bag } = filled('a', 'b', 'c')
  for (const member of bag.all()) bag.delete(member)
  expect(bag.size).toBe(0)
})
