import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testBlobStore } from './conformance.ts'
import { FileBlobStore } from './file-blob-store.ts'
import { stageFile } from './staged-file.ts'

const open = async () => {
  const root = await mkdtemp(join(tmpdir(), 'blobs-'))
  onTestFinished(() => rm(root, { recursive: true }))
  return { root, store: await FileBlobStore.open(root) }
}

testBlobStore('FileBlobStore', async () => {
  const { store } = await open()
  return { store, stagingDirectory: store.stagingDirectory }
})

describe('staging', () => {
  it('refuses what is larger than allowed and leaves nothing behind', async () => {
    const { store } = await open()
    const upload = stageFile(repeat(Buffer.alloc(1000), 11), { directory: store.stagingDirectory, maxBytes: 10_000 })
    await expect(upload).rejects.toMatchObject({ code: 'too_large' })
    expect(await readdir(store.stagingDirectory)).toEqual([])
  })

  it('names a source that broke off and leaves nothing behind', async () => {
    const { store } = await open()
    const broken = async function* () {
      yield Buffer.from('half')
      throw new Error('socket closed')
    }
    await expect(stageFile(broken(), { directory: store.stagingDirectory, maxBytes: 100 })).rejects.toMatchObject({
      code: 'interrupted',
    })
    expect(await readdir(store.stagingDirectory)).toEqual([])
  })

  it('hashes and counts what went by', async () => {
    const { store } = await open()
    await using file = await stageFile(repeat(Buffer.from('wave'), 3), {
      directory: store.stagingDirectory,
      maxBytes: 100,
    })
    expect(file).toMatchObject({ sha256: createHash('sha256').update('wavewavewave').digest('hex'), sizeBytes: 12 })
  })

  it('is emptied of interrupted uploads when the store opens', async () => {
    const { root, store } = await open()
    await writeFile(join(store.stagingDirectory, 'left.part'), 'x')
    await FileBlobStore.open(root)
    expect(await readdir(store.stagingDirectory)).toEqual([])
  })
})

async function* repeat(chunk: Uint8Array, times: number): AsyncIterable<Uint8Array> {
  for (let i = 0; i < times; i++) yield chunk
}
