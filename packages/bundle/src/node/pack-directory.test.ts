import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { manifestText } from '@wave-store/testing'
import { expect, it } from 'vitest'
import { inspectBoth } from '../testing/inspect-both.ts'
import { packDirectory } from './pack-directory.ts'

it('packs a folder without caches and history, as a bundle that is accepted, the same bytes each time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-test-'))
  try {
    for (const directory of ['static', '.git', '__pycache__']) await mkdir(join(folder, directory))
    const files = ['app.py', 'static/style.css', '.git/config', '__pycache__/app.pyc', '.DS_Store']
    for (const path of files) await writeFile(join(folder, path), 'x')
    await writeFile(join(folder, 'app.toml'), manifestText())
    const bytes = await buffer(packDirectory(folder))
    expect((await buffer(packDirectory(folder))).equals(bytes)).toBe(true)
    const { node } = await inspectBoth(bytes)
    expect(node).toMatchObject({ accepted: true, problems: [] })
    expect(node.entries.map(({ path }) => path)).toEqual(['app.py', 'app.toml', 'static/style.css'])
  } finally {
    await rm(folder, { recursive: true })
  }
})
