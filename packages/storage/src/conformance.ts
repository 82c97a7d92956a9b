import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import type { BlobStore } from './blob-store.ts'
import { stageFile } from './staged-file.ts'

/** What every blob store keeps to; `create` gives an empty one and a staging directory. */
export function testBlobStore(
  name: string,
  create: () => Promise<{ store: BlobStore; stagingDirectory: string }>,
): void {
  describe(name, () => {
    const staged = (directory: string, content: string) =>
      stageFile(chunks(content), { directory, maxBytes: 1_000_000 })

    it('gives back what was put, as a stream and as a local file', async () => {
      const { store, stagingDirectory } = await create()
      await using file = await staged(stagingDirectory, 'hello blob')
      await store.put(file)
      expect(await text(await store.read(file.sha256))).toBe('hello blob')
      expect(await readFile(await store.localPath(file.sha256), 'utf8')).toBe('hello blob')
    })

    it('gives back a part of it', async () => {
      const { store, stagingDirectory } = await create()
      await using file = await staged(stagingDirectory, 'hello blob')
      await store.put(file)
      expect(await text(await store.read(file.sha256, { start: 6, end: 8 }))).toBe('blo')
      expect(await text(await store.read(file.sha256, { start: 0, end: 0 }))).toBe('h')
    })

    it('says that it works', async () => {
      await (await create()).store.check()
    })

    it('takes the same content twice', async () => {
      const { store, stagingDirectory } = await create()
      await using first = await staged(stagingDirectory, 'same')
      await using second = await staged(stagingDirectory, 'same')
      await Promise.all([store.put(first), store.put(second)])
      expect(await text(await store.read(first.sha256))).toBe('same')
    })

    it('answers not_found for what is unknown or deleted, and deletes twice', async () => {
      const { store, stagingDirectory } = await create()
      await using file = await staged(stagingDirectory, 'short-lived')
      await store.put(file)
      await store.delete(file.sha256)
      await store.delete(file.sha256)
      await expect(store.read(file.sha256)).rejects.toMatchObject({ code: 'not_found' })
      await expect(store.localPath(file.sha256)).rejects.toMatchObject({ code: 'not_found' })
    })
  })
}

async function* chunks(content: string): AsyncIterable<Uint8Array> {
  for (const byte of Buffer.from(content)) yield Uint8Array.of(byte)
}
