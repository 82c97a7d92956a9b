import { buildBundle, buildRawZip, manifestText } from '@wave-store/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectBoth } from '../testing/inspect-both.ts'
import { oracleRefuses } from '../testing/zip-oracle.ts'

const files = { 'app.py': 'print("hello")\n'.repeat(20), 'static/a.txt': 'a', 'static/b.bin': new Uint8Array(3000) }
const archives = [
  await buildBundle({ files }),
  await buildBundle({ files, compress: false }),
  buildRawZip(
    [
      { name: 'app.toml', content: manifestText(), method: 8 },
      { name: 'src/' },
      { name: 'app.py', content: 'print()', zip64: true },
    ],
    { zip64: true, comment: 'made by hand' },
  ),
]

const change = fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), value: fc.nat(255) })

/** Of these flags only some have a meaning; the other reader wants them all to be the same in both places. */
function isFlags(archive: Uint8Array, index: number): boolean {
  const isAt = (start: number, mark: number[]) => mark.every((byte, offset) => archive[start + offset] === byte)
  const isLocal = [6, 7].some((at) => isAt(index - at, [0x50, 0x4b, 3, 4]))
  return isLocal || [8, 9].some((at) => isAt(index - at, [0x50, 0x4b, 1, 2]))
}

describe('a damaged archive', () => {
  it('is never accepted where an independent reader at its strictest refuses it, and never an exception', async () => {
    for (const archive of archives) expect(await oracleRefuses(archive)).toBe(false)
    const property = fc.asyncProperty(
      fc.constantFrom(...archives),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (archive, changes) => {
        const bytes = Uint8Array.from(archive)
        for (const { at, value } of changes) {
          const index = Math.floor(at * bytes.length)
          if (!isFlags(archive, index)) bytes[index] = value
        }
        const { node } = await inspectBoth(bytes)
        if (node.accepted) expect(await oracleRefuses(bytes)).toBe(false)
      },
    )
    await fc.assert(property, { numRuns: 500, seed: 1 })
  })
})
