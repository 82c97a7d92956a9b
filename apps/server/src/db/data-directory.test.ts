import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startTestStore } from '../testing/test-store.ts'
import { claimDataDirectory } from './data-directory.ts'

it('belongs to one store at a time, whose uploads on their way in stay', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'claimed-'))
  {
    await using first = await startTestStore({ dataDir })
    const staging = first.store.context.staging
    await writeFile(join(staging, 'on-its-way.part'), 'half')
    await expect(startTestStore({ dataDir })).rejects.toThrow(`${dataDir} is in use by a store that runs already`)
    expect(await readdir(staging)).toEqual(['on-its-way.part'])
  }
  using _again = claimDataDirectory(dataDir)
  await rm(dataDir, { recursive: true })
})
