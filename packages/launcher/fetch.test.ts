import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { LauncherProcess } from './src/testing/launcher-process.ts'
import { makeSandbox } from './src/testing/sandbox.ts'

const bundle = 'the bytes of a bundle'
const sha256 = createHash('sha256').update(bundle).digest('hex')

/** What becomes of fetching from a store that answers as told. */
async function fetched(answer: RequestListener, spec: Record<string, unknown> = {}) {
  await using sandbox = await makeSandbox()
  const store = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => store.once('listening', resolve))
  const url = `http://127.0.0.1:${(store.address() as AddressInfo).port}/bundle`
  const launcher = new LauncherProcess('fetch', { url, sha256, paths: sandbox.paths, ...spec })
  const ended = await launcher.ended
  store.close()
  return { ...ended, file: await readFile(sandbox.paths.bundle, 'utf8').catch(() => null) }
}

it('gets a bundle with the headers that it is given', async () => {
  const { code, file } = await fetched(
    (request, response) => response.end(request.headers.authorization === 'Bearer token' ? bundle : 'no'),
    { headers: { authorization: 'Bearer token' } },
  )
  expect({ code, file }).toEqual({ code: 0, file: bundle })
})

it('asks again where the store is away, or sends less than the whole', async () => {
  let asked = 0
  const { code, file, log } = await fetched((_, response) => {
    asked++
    if (asked === 1) response.writeHead(503).end()
    else if (asked === 2) response.end(bundle.slice(0, 5))
    else response.end(bundle)
  })
  expect({ code, file, asked }).toEqual({ code: 0, file: bundle, asked: 3 })
  expect(log).toContain('the store answers 503')
})

it('says what the store answers where asking again is of no use', async () => {
  const { code, file, last } = await fetched((_, response) => response.writeHead(403).end())
  expect({ code, file }).toEqual({ code: 1, file: null })
  expect(last).toMatchObject({ event: 'failed', reason: 'source_failed', message: expect.stringContaining('403') })
})

it('refuses a spec without an address', async () => {
  const { code, log } = await fetched((_, response) => response.end(), { url: 'file:///etc/passwd' })
  expect(code).toBe(2)
  expect(log).toContain('url: must be an address of http or https')
})
