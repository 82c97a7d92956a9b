import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadProviderKeys } from './provider-keys.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('keys of the embedded provider', () => {
  it('are made once, and for nobody else to read', async () => {
    const path = join(folder, 'keys.json')
    const made = await loadProviderKeys(path)
    expect(await loadProviderKeys(path)).toEqual(made)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('of an earlier version stay as they are and get what they lack', async () => {
    const path = join(folder, 'keys.json')
    const { sealingKey, ...old } = await loadProviderKeys(path)
    await writeFile(path, JSON.stringify(old))
    const completed = await loadProviderKeys(path)
    expect(completed).toMatchObject(old)
    expect(completed.sealingKey).not.toBe(sealingKey)
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(completed)
  })
})
