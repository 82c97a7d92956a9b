import type { AppVersion, Visibility } from '@wave-store/contract'
import { expect, it } from 'vitest'
import { promotionsOf } from './promotions.ts'

const version = (name: string, visibility: Visibility): AppVersion => ({
  id: name,
  version: name,
  title: 'Peak',
  owner: { id: 'o', name: 'Dana', email: '' },
  visibility,
  createdAt: '2026-01-01T00:00:00.000Z',
})

it('leads forwards to newer versions, and back to older ones, from the newest that is listed', () => {
  const versions = [version('3', 'PRIVATE'), version('2', 'ALL_USERS'), version('1', 'ALL_USERS')]
  const { listed, promotions } = promotionsOf(versions)
  expect(listed?.id).toBe('2')
  expect([...promotions].map(([id, { from, isBack }]) => [id, from?.id, isBack])).toEqual([
    ['3', '2', false],
    ['1', '2', true],
  ])
})

it('has nothing to go back from where none is listed', () => {
  const { listed, promotions } = promotionsOf([version('2', 'PRIVATE'), version('1', 'PRIVATE')])
  expect(listed).toBeUndefined()
  expect([...promotions.values()].map(({ isBack }) => isBack)).toEqual([false, false])
})
