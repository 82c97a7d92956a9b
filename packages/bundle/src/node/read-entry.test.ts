import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buildBundle, buildRawZip, tinyPng } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { withBundleFile } from '../testing/inspect-both.ts'
import { BundleError, ContentError, extractEntry, readEntry } from './index.ts'

const large = Buffer.alloc(3_000_000, 'all work and no play ')

describe('one file of a bundle', () => {
  it('is read and extracted, small or large, packed or not', async () => {
    const files = { 'static/icon.png': tinyPng, 'large.txt': large, empty: '' }
    for (const compress of [true, false]) {
      await withBundleFile(await buildBundle({ files, compress }), async (path) => {
        expect(await readEntry(path, 'static/icon.png')).toEqual(Buffer.from(tinyPng))
        expect((await readEntry(path, 'empty')).length).toBe(0)
        expect((await readEntry(path, 'large.txt')).equals(large)).toBe(true)
        const target = join(dirname(path), 'large.txt')
        await extractEntry(path, 'large.txt', target)
        expect((await readFile(target)).equals(large)).toBe(true)
        await expect(extractEntry(path, 'large.txt', target)).rejects.toThrow('EEXIST')
      })
    }
  })

  it('is refused when it is not there, too large, or damaged', async () => {
    await withBundleFile(await buildBundle({ files: { 'large.txt': large } }), async (path) => {
      await expect(readEntry(path, 'missing')).rejects.toThrow(BundleError)
      await expect(readEntry(path, 'large.txt', 1000)).rejects.toThrow('has 3000000 bytes')
      await expect(readEntry(join(path, 'x'), 'large.txt')).rejects.toThrow('ENOTDIR')
    })
    await withBundleFile(buildRawZip([{ name: 'a', content: 'x', stated: { crc32: 1 } }]), async (path) => {
      await expect(readEntry(path, 'a')).rejects.toThrow(ContentError)
    })
    await withBundleFile(Buffer.from('no zip'), async (path) => {
      await expect(readEntry(path, 'a')).rejects.toThrow('not a zip archive')
    })
  })
})
