import { expect, it } from 'vitest'
import { type DiskState, judgeDisk } from './judge-disk.ts'

const gib = 1024 ** 3
const room = { freeBytes: 50 * gib, reserveBytes: gib, scratchMaxBytes: 10 * gib, before: new Map() }
const scratch = (bytes: number, inside = '/tmp') => ({ path: inside, inside, kind: 'scratch' as const, bytes })
const image = (bytes: number) => ({ path: 'volume.img', inside: '/data', kind: 'volume' as const, bytes })
const judged = (state: Partial<DiskState>) =>
  judgeDisk({ ...room, holdings: [], ...state }).map(({ id, verdict }) => [id, verdict.message])

it('leaves all alone while there is room and nobody is beyond a limit', () => {
  expect(judged({ holdings: [{ id: 'a', places: [scratch(9 * gib), image(40 * gib)] }] })).toEqual([])
})

it('names what held how much, the most first', () => {
  const places = [scratch(2 * gib, '/app'), scratch(8.5 * gib), scratch(0, '/home/app'), image(gib)]
  expect(judged({ holdings: [{ id: 'a', places }] })).toEqual([
    [
      'a',
      'The app holds 10.5 GiB outside of a volume, more than the 10 GiB that one may: 8.5 GiB in /tmp, 2 GiB in /app.',
    ],
  ])
})

it('ends whoever has more on a measured volume than its size', () => {
  const volume = { path: 'volume', inside: '/data', kind: 'volume' as const, bytes: 3 * gib, maxBytes: 2 * gib }
  expect(judged({ holdings: [{ id: 'a', places: [volume] }] })).toEqual([
    ['a', 'The volume /data holds 3 GiB, more than its size of 2 GiB.'],
  ])
})

it('ends one on a nearly full disk: whoever grew most, before whoever holds most', () => {
  const holdings = [
    { id: 'large', places: [scratch(8 * gib)] },
    { id: 'growing', places: [scratch(gib), image(2 * gib)] },
  ]
  const before = new Map([
    ['large', 8 * gib],
    ['growing', 2 * gib],
  ])
  expect(judged({ freeBytes: gib / 4, holdings, before })).toEqual([
    [
      'growing',
      "The store's disk is nearly full (256 MiB left), and this app filled it most: 2 GiB in /data, 1 GiB in /tmp.",
    ],
  ])
  const still = new Map([
    ['large', 8 * gib],
    ['growing', 3 * gib],
  ])
  expect(judged({ freeBytes: gib / 4, holdings, before: still })[0]?.[0]).toBe('large')
})

it('ends nobody for a disk that others fill: what stays after the end wins no room', () => {
  const holdings = [{ id: 'a', places: [scratch(gib / 100), image(30 * gib)] }]
  expect(judged({ freeBytes: 0, holdings, before: new Map([['a', 30 * gib]]) })).toEqual([])
})
