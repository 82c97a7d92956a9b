import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { FileBlobStore, stageFile } from '@wave-store/storage'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendBlob } from './send-blob.ts'

let root: string
let blobs: FileBlobStore
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'send-blob-'))
  blobs = await FileBlobStore.open(root)
})
afterAll(() => rm(root, { recursive: true }))

/** Serves one blob to one reader, who gets the answer's head; resolves when the store is done with it. */
async function serve(sha256: string, read: (response: IncomingMessage) => void): Promise<void> {
  const server = createServer()
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const request = get({ port: (server.address() as AddressInfo).port }, read).on('error', () => {})
  try {
    const [, response] = await asked
    await sendBlob(blobs, sha256, response)
  } finally {
    request.destroy()
    server.close()
  }
}

describe('a stored blob', () => {
  it('may be left by its reader before the end', async () => {
    const bytes = Buffer.alloc(32 * 1024 * 1024)
    const staged = await stageFile(Readable.from([bytes]), {
      directory: blobs.stagingDirectory,
      maxBytes: bytes.length,
    })
    await blobs.put(staged)
    await serve(staged.sha256, (response) => response.destroy())
  })

  it('is missed when it is not there', async () => {
    await expect(serve('0'.repeat(64), (response) => response.resume())).rejects.toMatchObject({ code: 'not_found' })
  })
})
