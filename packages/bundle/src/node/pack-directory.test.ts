import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { manifestText } from '@wave-store/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { inspectBoth, withBundleFile } from '../testing/inspect-both.ts'
import { oracleRefuses } from '../testing/zip-oracle.ts'
import { packDirectory } from './pack-directory.ts'
import { readEntry } from './read-entry.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-test-'))
  await write({ 'app.toml': manifestText(), 'app.py': 'x' })
})
afterEach(() => rm(folder, { recursive: true }))

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

/** Type, permissions and name of each entry, as Python reads them. */
function listed(path: string): string[] {
  const program = `import sys, zipfile
for entry in zipfile.ZipFile(sys.argv[1]).infolist(): print(f'{entry.external_attr >> 16:o}', entry.filename)`
  return execFileSync('python3', ['-c', program, path], { encoding: 'utf8' }).trim().split('\n')
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('')

it('packs a folder without caches and history, as a bundle that is accepted, the same bytes each time', async () => {
  await write({ 'static/style.css': 'x', '.git/config': 'x', '__pycache__/app.pyc': 'x', '.DS_Store': 'x' })
  const bytes = await buffer(packDirectory(folder))
  expect((await buffer(packDirectory(folder))).equals(bytes)).toBe(true)
  const { node } = await inspectBoth(bytes)
  expect(node).toMatchObject({ accepted: true, problems: [] })
  expect(node.entries.map(({ path }) => path)).toEqual(['app.py', 'app.toml', 'static/style.css'])
})

it('keeps every byte of files of any size, as other readers read them too', async () => {
  const files = {
    empty: '',
    'größe/naïve ☃.txt': lines(10_000),
    noise: randomBytes(300_000),
    'long text': lines(200_000),
    'long noise': randomBytes(3 << 20),
  }
  await write(files)
  const bytes = await buffer(packDirectory(folder))
  expect(await oracleRefuses(bytes)).toBe(false)
  const { node, browser } = await inspectBoth(bytes)
  expect([node.problems, browser.problems]).toEqual([[], []])
  await withBundleFile(bytes, async (path) => {
    for (const [name, content] of Object.entries(files))
      expect((await readEntry(path, name, 8 << 20)).equals(Buffer.from(content)), name).toBe(true)
  })
})

it('keeps links, and what may be executed', async () => {
  await write({ 'run.sh': 'x' })
  await chmod(join(folder, 'run.sh'), 0o700)
  await symlink('app.py', join(folder, 'link.py'))
  const modes = await withBundleFile(await buffer(packDirectory(folder)), async (path) => listed(path))
  expect(modes).toEqual(['100644 app.py', '100644 app.toml', '120777 link.py', '100755 run.sh'])
})

it.each([
  ['a small file', 10],
  ['a long one', 3 << 20],
])('says so when %s changes while it is packed', async (_title, sizeBytes) => {
  await write(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`b${index}`, randomBytes(100_000)])))
  await write({ zzz: Buffer.alloc(sizeBytes) })
  const packing = (async () => {
    for await (const _ of packDirectory(folder)) appendFileSync(join(folder, 'zzz'), 'more')
  })()
  await expect(packing).rejects.toThrow('zzz changed while it was packed')
})
