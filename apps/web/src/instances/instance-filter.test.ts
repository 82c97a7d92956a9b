import type { Instance } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { anyInstance, matching } from './instance-filter.ts'

const instance = (id: string, title: string, owner: string, status: Instance['status']) =>
  ({
    id,
    app: { title, name: 'ai.demo', version: '1.2.0' },
    owner: { id: owner, name: owner, email: `${owner}@example.com` },
    aliases: [`call-${id}`],
    status,
  }) as Instance

const all = [instance('a', 'Größen', 'Dana', 'DEPLOYED'), instance('b', 'Prices', 'Uri', 'FAILED')]
const found = (search: string, status: Instance['status'] | 'any' = 'any') =>
  matching(all, { search, status }).map(({ id }) => id)

it('finds by title, owner, version and alias, whatever the accents, every word of them', () => {
  expect(matching(all, anyInstance)).toEqual(all)
  expect(found('GROSSEN dana')).toEqual(found('größen dana'))
  expect(found('größen')).toEqual(['a'])
  expect(found('uri prices')).toEqual(['b'])
  expect(found('uri größen')).toEqual([])
  expect(found('call-b')).toEqual(['b'])
  expect(found(' 1.2 ')).toEqual(['a', 'b'])
})

it('keeps to the status', () => {
  expect(found('', 'FAILED')).toEqual(['b'])
  expect(found('dana', 'FAILED')).toEqual([])
})
