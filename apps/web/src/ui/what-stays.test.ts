import { expect, it } from 'vitest'
import { describePause } from './what-stays.ts'

const gib = 1024 ** 3

it('loses every file of an app without a volume', () => {
  expect(describePause({ volume: null, resourceVolumeBytes: null })).toEqual({
    stays: 'Its address stays.',
    goes: 'What the app holds in memory, and every file that it wrote, are lost.',
  })
})

it('names what stays with its size', () => {
  expect(describePause({ volume: { path: '/data', sizeBytes: gib }, resourceVolumeBytes: 2 * gib })).toEqual({
    stays: 'Its address, its volume /data (1 GiB), and its own packages under /resources (2 GiB) stay.',
    goes: 'What the app holds in memory, and files outside /data, are lost.',
  })
})
