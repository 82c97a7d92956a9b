import { crc32, deflateRawSync } from 'node:zlib'
import { buildBundle, buildRawZip, manifestText, type RawEntry } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { errorsOf, inspectBoth } from '../testing/inspect-both.ts'
import type { BundleLimits } from './limits.ts'

const manifest: RawEntry = { name: 'app.toml', content: manifestText() }
const module: RawEntry = { name: 'app.py', content: 'print()' }
const link = (name: string, target: string): RawEntry => ({ name, content: target, unixMode: 0o120777 })

interface Case {
  title: string
  bytes: Uint8Array | Promise<Uint8Array>
  code: string
  message: RegExp
  limits?: Partial<BundleLimits>
}

const withEntries = (...entries: RawEntry[]) => buildRawZip([manifest, module, ...entries])
const zeros = new Uint8Array(2 * 1024 ** 2)

/** What the list of entries shows: both ways of reading find it. */
const seenByBoth: Case[] = [
  { title: 'a file that is no zip', bytes: Buffer.from('hello'), code: 'not_a_zip', message: /not a zip archive/ },
  { title: 'an empty file', bytes: new Uint8Array(), code: 'not_a_zip', message: /not a zip archive/ },
  {
    title: 'an archive that was cut in the middle',
    bytes: buildBundle().then((bytes) => bytes.subarray(0, bytes.length / 2)),
    code: 'damaged',
    message: /cut short/,
  },
  {
    title: 'bytes behind the archive',
    bytes: buildRawZip([manifest, module], { append: Buffer.from('more') }),
    code: 'stray_bytes',
    message: /follow its end/,
  },
  {
    title: 'bytes before the archive',
    bytes: buildRawZip([manifest, module], { prepend: Buffer.from('#!/bin/sh\n') }),
    code: 'stray_bytes',
    message: /stand before it/,
  },
  {
    title: 'a list of entries that is longer than it says',
    bytes: buildRawZip([manifest, module], { statedCount: 1 }),
    code: 'damaged',
    message: /list of entries/,
  },
  {
    title: 'a list of entries that is shorter than it says',
    bytes: buildRawZip([manifest, module], { statedCount: 3 }),
    code: 'damaged',
    message: /list of entries/,
  },
  {
    title: 'an encrypted entry',
    bytes: withEntries({ name: 'secret.txt', content: 'x', flags: 1 }),
    code: 'encrypted',
    message: /secret\.txt is encrypted; pack the app without a password/,
  },
  {
    title: 'a strongly encrypted entry',
    bytes: withEntries({ name: 'secret.txt', content: 'x', flags: 0x41 }),
    code: 'encrypted',
    message: /encrypted; pack the app without a password/,
  },
  {
    title: 'an absolute path',
    bytes: withEntries({ name: '/etc/passwd', content: 'x' }),
    code: 'path_absolute',
    message: /\/etc\/passwd is an absolute path/,
  },
  {
    title: 'a path with a drive letter',
    bytes: withEntries({ name: 'C:/autoexec.bat', content: 'x' }),
    code: 'path_absolute',
    message: /absolute path/,
  },
  {
    title: 'a path that leads out by dots',
    bytes: withEntries({ name: 'static/../../evil.py', content: 'x' }),
    code: 'path_traversal',
    message: /leads out of its directory/,
  },
  {
    title: 'a path with backslashes',
    bytes: withEntries({ name: 'src\\app.py', content: 'x' }),
    code: 'path_backslash',
    message: /contains a backslash/,
  },
  {
    title: 'a path with NUL',
    bytes: withEntries({ name: 'app.py\0.txt', content: 'x' }),
    code: 'path_bad',
    message: /contains NUL/,
  },
  { title: 'an empty path', bytes: withEntries({ name: '', content: 'x' }), code: 'path_bad', message: /empty/ },
  {
    title: 'a file name that no file system takes',
    bytes: withEntries({ name: 'x'.repeat(256), content: 'x' }),
    code: 'path_too_long',
    message: /too long/,
  },
  {
    title: 'a bottomless tree',
    bytes: withEntries({ name: `${'d/'.repeat(200)}x`, content: 'x' }),
    code: 'path_too_long',
    message: /too long/,
  },
  {
    title: 'two entries with one name',
    bytes: withEntries({ name: 'app.py', content: 'other' }),
    code: 'duplicate_entry',
    message: /holds app\.py twice/,
  },
  {
    title: 'two entries with one name, written differently',
    bytes: withEntries({ name: './app.py', content: 'other' }),
    code: 'duplicate_entry',
    message: /holds app\.py twice/,
  },
  {
    title: 'an entry below a file',
    bytes: withEntries({ name: 'app.py/x', content: 'x' }),
    code: 'path_conflict',
    message: /cannot stand below app\.py/,
  },
  {
    title: 'an entry below a symbolic link',
    bytes: withEntries(link('out', 'static'), { name: 'out/x', content: 'x' }),
    code: 'path_conflict',
    message: /cannot stand below out/,
  },
  {
    title: 'a symbolic link that leaves the root',
    bytes: withEntries(link('static/x', '../../etc/passwd')),
    code: 'symlink_escapes',
    message: /static\/x leaves the bundle \(\.\.\/\.\.\/etc\/passwd\)/,
  },
  {
    title: 'a symbolic link to an absolute path',
    bytes: withEntries(link('passwords', '/etc/passwd')),
    code: 'symlink_escapes',
    message: /leaves the bundle/,
  },
  {
    title: 'symbolic links that leave the root only together',
    bytes: withEntries(link('a/b/up', '..'), link('out', 'a/b/up/../..')),
    code: 'symlink_escapes',
    message: /out leaves the bundle/,
  },
  {
    title: 'symbolic links in a circle',
    bytes: withEntries(link('a', 'b'), link('b', 'a')),
    code: 'symlink_loop',
    message: /leads back to itself/,
  },
  {
    title: 'a device',
    bytes: withEntries({ name: 'null', unixMode: 0o020666 }),
    code: 'special_file',
    message: /device, pipe or socket/,
  },
  {
    title: 'a named pipe',
    bytes: withEntries({ name: 'pipe', unixMode: 0o010666 }),
    code: 'special_file',
    message: /device, pipe or socket/,
  },
  {
    title: 'a compression that is not read',
    bytes: withEntries({ name: 'data.bin', content: 'x', method: 93 }),
    code: 'unsupported_compression',
    message: /compressed with Zstandard/,
  },
  {
    title: 'a stored entry whose two sizes differ',
    bytes: withEntries({ name: 'data.bin', content: 'abc', stated: { sizeBytes: 2 } }),
    code: 'size_lies',
    message: /size that is stated for data\.bin is wrong/,
  },
  {
    title: 'a directory with content',
    bytes: withEntries({ name: 'data/', content: 'x' }),
    code: 'size_lies',
    message: /size that is stated for data\/ is wrong/,
  },
  {
    title: 'too many entries',
    bytes: withEntries({ name: 'one.txt', content: 'x' }),
    limits: { maxEntries: 2 },
    code: 'too_many_entries',
    message: /has 3 entries; at most 2/,
  },
  {
    title: 'too much when unpacked',
    bytes: withEntries({ name: 'data.bin', content: zeros }),
    limits: { maxUnpackedBytes: 1024 ** 2 },
    code: 'too_large',
    message: /unpacks to \d+ bytes; at most 1048576/,
  },
  {
    title: 'a compression bomb',
    bytes: withEntries({ name: 'bomb.bin', content: zeros, method: 8 }),
    code: 'ratio_too_high',
    message: /bomb\.bin unpacks to more than 200 times/,
  },
  {
    title: 'a bomb of many small entries',
    bytes: buildRawZip([
      manifest,
      module,
      ...Array.from({ length: 40 }, (_, index) => ({
        name: `${index}`,
        content: zeros.subarray(0, 900_000),
        method: 8,
      })),
    ]),
    code: 'ratio_too_high',
    message: /The archive unpacks to more than 200 times/,
  },
  {
    title: 'app.toml with a wrong checksum',
    bytes: buildRawZip([{ ...manifest, stated: { crc32: 1 } }, module]),
    code: 'crc_mismatch',
    message: /app\.toml does not fit its checksum/,
  },
  {
    title: 'app.toml that is longer than stated',
    bytes: buildRawZip([{ ...manifest, method: 8, stated: { sizeBytes: 5 } }, module]),
    code: 'size_lies',
    message: /size that is stated for app\.toml is wrong/,
  },
  {
    title: 'app.toml that is shorter than stated',
    bytes: buildRawZip([{ ...manifest, method: 8, stated: { sizeBytes: 500 } }, module]),
    code: 'size_lies',
    message: /size that is stated for app\.toml is wrong/,
  },
]

/** What only reading every entry shows: the browser leaves it to the server. */
const seenByNode: Case[] = [
  {
    title: 'a wrong checksum',
    bytes: withEntries({ name: 'data.bin', content: 'x', stated: { crc32: 1 } }),
    code: 'crc_mismatch',
    message: /data\.bin does not fit its checksum/,
  },
  {
    title: 'an entry that is longer than stated',
    bytes: withEntries({ name: 'data.bin', content: zeros, method: 8, stated: { sizeBytes: 10 } }),
    code: 'size_lies',
    message: /size that is stated for data\.bin is wrong/,
  },
  {
    title: 'a large entry that is shorter than stated',
    bytes: withEntries({ name: 'data.bin', content: noise(700_000), method: 8, stated: { sizeBytes: 900_000 } }),
    code: 'size_lies',
    message: /size that is stated for data\.bin is wrong/,
  },
  {
    title: 'bytes hidden behind packed content',
    bytes: withEntries({
      name: 'data.bin',
      content: Buffer.concat([deflateRawSync('abc'), Buffer.from('hidden')]),
      stated: { sizeBytes: 3, crc32: crc32('abc') },
    }).map(asDeflated),
    code: 'size_lies',
    message: /size that is stated for data\.bin is wrong/,
  },
  {
    title: 'content that cannot be unpacked',
    bytes: withEntries({ name: 'data.bin', content: 'no deflate', method: 0 }).map(asDeflated),
    code: 'damaged',
    message: /data\.bin cannot be unpacked/,
  },
  {
    title: 'sizes that differ between list and content',
    bytes: withEntries({ name: 'data.bin', content: 'abc', method: 8, stated: { sizeBytes: 4 }, localIsTrue: true }),
    code: 'size_lies',
    message: /Two places of the archive say different things about data\.bin/,
  },
  {
    title: 'a name that differs between list and content',
    bytes: withEntries({ name: 'harmless.txt', localName: 'app.toml', content: 'x' }),
    code: 'name_mismatch',
    message: /harmless\.txt has another name \(app\.toml\)/,
  },
  {
    title: 'two entries with the same content in the file',
    bytes: withEntries({ name: 'app2.py', sharesContentOf: 1 }),
    code: 'overlapping_entries',
    message: /shares bytes with another part/,
  },
]

function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state >>> 16
  })
}

/** Turns the method of `data.bin`, which was stored, into Deflate. */
function asDeflated(byte: number, index: number, bytes: Uint8Array): number {
  const before = (back: number) => bytes[index - back]
  const isLocal = before(8) === 0x50 && before(7) === 0x4b && before(6) === 3 && before(5) === 4
  const isListed = before(10) === 0x50 && before(9) === 0x4b && before(8) === 1 && before(7) === 2
  const nameAt = isLocal ? index + 22 : index + 36
  const isData = Buffer.from(bytes.subarray(nameAt, nameAt + 8)).toString('latin1') === 'data.bin'
  return (isLocal || isListed) && isData ? 8 : byte
}

describe('hostile archives', () => {
  for (const { title, bytes, code, message, limits } of seenByBoth) {
    it(`refuses ${title}, in Node and in the browser`, async () => {
      for (const report of Object.values(await inspectBoth(await bytes, limits))) {
        expect(report.accepted).toBe(false)
        expect(errorsOf(report)).toContain(code)
        expect(report.problems.find((problem) => problem.code === code)?.message).toMatch(message)
      }
    })
  }

  for (const { title, bytes, code, message, limits } of seenByNode) {
    it(`refuses ${title}`, async () => {
      const { node } = await inspectBoth(await bytes, limits)
      expect(errorsOf(node)).toEqual([code])
      expect(node.problems.find((problem) => problem.code === code)?.message).toMatch(message)
    })
  }

  it('reports every problem of archive and manifest at once', async () => {
    const bytes = buildRawZip([
      { name: 'app.toml', content: '[App]\nName = "x"\nVersion = "one"' },
      { name: '../evil', content: 'x' },
      link('out', '/'),
    ])
    for (const report of Object.values(await inspectBoth(bytes))) {
      expect(errorsOf(report).sort()).toEqual(['bad_value', 'path_traversal', 'required', 'symlink_escapes'])
    }
  })

  it('keeps the report short, however many problems there are', async () => {
    const entries = Array.from({ length: 200 }, (_, index) => ({ name: `../${index}`, content: 'x' }))
    const { node } = await inspectBoth(withEntries(...entries))
    expect(node.problems).toHaveLength(51)
    expect(node.problems.at(-1)).toMatchObject({
      code: 'more',
      message: '150 more problems of the kind path_traversal.',
    })
  })

  it.each([
    ['requirements', [manifest, module, { name: 'requirements.txt', content: './x\n'.repeat(250_000) }]],
    ['tables', [{ name: 'app.toml', content: `${manifestText()}\n${'[[Env]]\n'.repeat(130_000)}` }, module]],
  ])('reports on a file of nothing but wrong %s', async (_title, entries) => {
    for (const report of Object.values(await inspectBoth(buildRawZip(entries)))) {
      expect(report.problems.at(-1)?.code).toBe('more')
    }
  })
})
