import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { testBlobStore } from './conformance.ts'
import { blobFile } from './file-blob-store.ts'
import { S3BlobStore, type S3Settings } from './s3-blob-store.ts'
import { stageFile } from './staged-file.ts'
import { canHaveS3Server, type S3Server, startS3Server } from './testing/s3-server.ts'

let server: S3Server
let settings: S3Settings
beforeAll(async () => {
  if (!canHaveS3Server) return
  server = await startS3Server()
  Object.assign(process.env, server.credentials)
  settings = {
    bucket: server.bucket,
    endpoint: server.endpoint,
    region: 'us-east-1',
    prefix: 'wave/',
    signsDownloads: true,
    cacheMaxBytes: 1 << 30,
  }
}, 600_000)
afterAll(() => server?.[Symbol.asyncDispose]())

async function open(changes: Partial<S3Settings> = {}) {
  const root = await mkdtemp(join(tmpdir(), 's3-blobs-'))
  onTestFinished(() => rm(root, { recursive: true }))
  return { root, store: await S3BlobStore.open(root, { ...settings, ...changes }) }
}

const staged = (store: S3BlobStore, bytes: Uint8Array) =>
  stageFile(Readable.from([bytes]), { directory: store.stagingDirectory, maxBytes: bytes.length })

describe.skipIf(!canHaveS3Server)('with a real S3 server', () => {
  testBlobStore('S3BlobStore', async () => {
    const { store } = await open()
    return { store, stagingDirectory: store.stagingDirectory }
  })

  it('another machine reads what one has put, in many parts, and keeps a copy', async () => {
    const [here, there] = [await open(), await open()]
    const bytes = randomBytes(50 << 20)
    await using file = await staged(here.store, bytes)
    await here.store.put(file)
    expect((await buffer(await there.store.read(file.sha256))).equals(bytes)).toBe(true)
    const [path, same] = await Promise.all([there.store.localPath(file.sha256), there.store.localPath(file.sha256)])
    expect(same).toBe(path)
    expect((await stat(path)).size).toBe(bytes.length)
    expect(await readdir(there.store.stagingDirectory)).toEqual([])
  })

  it('somebody fetches by a signed address, under a name of theirs', async () => {
    const { store } = await open()
    await using file = await staged(store, Buffer.from('signed'))
    await store.put(file)
    const url = await store.signedUrl(file.sha256, { fileName: 'my "app".1.0.0.wave', mediaType: 'application/zip' })
    const answer = await fetch(String(url))
    expect(await answer.text()).toBe('signed')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="my__app_.1.0.0.wave"')
    const forged = await fetch(String(url).replace(file.sha256, '0'.repeat(64)))
    expect(forged.status).toBe(403)
    expect(
      await (await open({ signsDownloads: false })).store.signedUrl(file.sha256, { fileName: '', mediaType: '' }),
    ).toBe(null)
  })

  it('copies that nobody used for long make room, those of late stay', async () => {
    const { root, store } = await open({ cacheMaxBytes: 2500 })
    const hashes: string[] = []
    for (let i = 0; i < 3; i++) {
      await using file = await staged(store, randomBytes(1000))
      await store.put(file)
      hashes.push(file.sha256)
      const age = new Date(Date.now() - (3 - i) * 24 * 60 * 60_000)
      await utimes(blobFile(join(root, 'cache'), file.sha256), age, age)
    }
    await using last = await staged(store, randomBytes(1000))
    await store.put(last)
    const kept = await Promise.all(
      [...hashes, last.sha256].map((sha256) =>
        stat(blobFile(join(root, 'cache'), sha256)).then(
          () => true,
          () => false,
        ),
      ),
    )
    expect(kept).toEqual([false, false, true, true])
    // What went is fetched anew.
    expect((await stat(await store.localPath(hashes[0]!))).size).toBe(1000)
  })

  it('says what is the matter with a bucket that is not there, and with a server that is not', async () => {
    const { store } = await open({ bucket: 'nowhere' })
    await expect(store.check()).rejects.toMatchObject({ code: 'unavailable' })
    const gone = await open({ endpoint: 'http://127.0.0.1:1' })
    await using file = await staged(gone.store, Buffer.from('x'))
    await expect(gone.store.put(file)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(gone.store.read(file.sha256)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
