import { crc32 } from 'node:zlib'
import { buildBundle, buildRawZip, manifestText, type RawEntry } from '@wave-store/testing'
import { describe, expect, it } from 'vitest'
import { codesOf, inspectBoth } from '../testing/inspect-both.ts'

const manifest: RawEntry = { name: 'app.toml', content: manifestText() }
const module: RawEntry = { name: 'app.py', content: 'print()' }

async function expectAccepted(bytes: Uint8Array, warnings: string[] = []): Promise<string[]> {
  const { node, browser } = await inspectBoth(bytes)
  for (const report of [node, browser]) {
    expect(codesOf(report)).toEqual(warnings.map((code) => `warning ${code}`))
    expect(report).toMatchObject({ accepted: true, manifest: { app: { name: 'com.example.app', version: '1.0.0' } } })
  }
  expect(browser.entries).toEqual(node.entries)
  return node.entries.map(({ path }) => path)
}

describe('archives as real tools make them', () => {
  it('accepts what the usual tools make, compressed or stored', async () => {
    expect(await expectAccepted(await buildBundle())).toEqual(['app.toml', 'app.py'])
    await expectAccepted(await buildBundle({ compress: false }))
  })

  it('accepts directory entries, also twice and with the two bytes of an empty Deflate stream', async () => {
    const directories = [{ name: 'src/' }, { name: 'src/' }, { name: 'data/', method: 8 }, { name: './' }]
    expect(await expectAccepted(buildRawZip([...directories, manifest, module]))).toEqual(['app.toml', 'app.py'])
  })

  it('accepts sizes that follow the content', async () => {
    const streamed = [manifest, module].map((entry) => ({ ...entry, method: 8, dataDescriptor: true }))
    await expectAccepted(buildRawZip(streamed))
  })

  it('accepts the form for large files', async () => {
    const large = [manifest, module].map((entry) => ({ ...entry, zip64: true }))
    await expectAccepted(buildRawZip(large, { zip64: true }))
  })

  it('accepts a comment', async () => {
    await expectAccepted(buildRawZip([manifest, module], { comment: 'made by hand' }))
  })

  it('accepts paths that begin with a dot, as bsdtar writes them', async () => {
    const dotted = [manifest, module].map((entry) => ({ ...entry, name: `./${entry.name}` }))
    expect(await expectAccepted(buildRawZip(dotted))).toEqual(['app.toml', 'app.py'])
  })

  it('accepts what macOS and Python leave behind, and names with blanks', async () => {
    const litter = ['.DS_Store', '__MACOSX/._app.toml', '__pycache__/app.cpython-311.pyc', 'my notes (2).txt', 'Icon\r']
    const entries = litter.map((name) => ({ name, content: 'x' }))
    expect(await expectAccepted(buildRawZip([manifest, module, ...entries]))).toEqual(['app.toml', 'app.py', ...litter])
  })

  it('reads names in UTF-8 without the flag, in code page 437, by extra field, and broken ones somehow', async () => {
    const crc = Buffer.alloc(4)
    crc.writeUInt32LE(crc32('caf_'))
    const unicodeField = Buffer.concat([Buffer.from([0x75, 0x70, 11, 0, 1]), crc, Buffer.from('café!')])
    const paths = await expectAccepted(
      buildRawZip([
        manifest,
        module,
        { name: Buffer.from('grün.txt'), content: 'x' },
        { name: Buffer.from([0x67, 0x72, 0x81, 0x6e]), content: 'x' },
        { name: Buffer.from('caf_'), content: 'x', extra: unicodeField },
        { name: Buffer.from([0x61, 0xff, 0x62]), content: 'x', flags: 0x800 },
      ]),
    )
    expect(paths.slice(2)).toEqual(['grün.txt', 'grün', 'café!', 'a\ufffdb'])
  })

  it('accepts symbolic links that stay inside', async () => {
    const link = (name: string, target: string) => ({ name, content: target, unixMode: 0o120777 })
    const links = [link('src/latest.py', '../app.py'), link('nowhere', 'missing/file'), link('here', '.')]
    await expectAccepted(buildRawZip([manifest, module, ...links]))
  })

  it('warns of names that differ in case or accents only', async () => {
    const entries = ['README.md', 'readme.md', 'caf\u00e9', 'cafe\u0301'].map((name) => ({ name, content: 'x' }))
    await expectAccepted(buildRawZip([manifest, module, ...entries]), ['case_collision', 'case_collision'])
  })

  it('accepts a small file that packs extremely well', async () => {
    const files = { 'app.py': 'print()', 'zeros.bin': new Uint8Array(900_000) }
    await expectAccepted(await buildBundle({ files }))
  })
})
