import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { LauncherProcess } from './src/testing/launcher-process.ts'
import { makeSandbox, writeZip } from './src/testing/sandbox.ts'

/** What becomes of a build whose bundle comes from a store that answers as told. */
async function built(answer: (bundle: Buffer) => RequestListener, source: Record<string, unknown> = {}) {
  await using sandbox = await makeSandbox()
  await writeZip(`${sandbox.root}/original.wave`, { 'app.py': '' })
  const bundle = await readFile(`${sandbox.root}/original.wave`)
  const sha256 = createHash('sha256').update(bundle).digest('hex')
  const store = createServer(answer(bundle)).listen(0, '127.0.0.1')
  await new Promise((resolve) => store.once('listening', resolve))
  const url = `http://127.0.0.1:${(store.address() as AddressInfo).port}/bundle`
  const launcher = new LauncherProcess('build', { fetch: { url, sha256, ...source }, paths: sandbox.paths })
  const ended = await launcher.ended
  store.close()
  const fetched = await readFile(sandbox.paths.bundle).catch(() => null)
  return { ...ended, isWhole: fetched?.equals(bundle) ?? false }
}

it('gets a bundle with the headers that it is given', async () => {
  const { last, isWhole } = await built(
    (bundle) => (request, response) => response.end(request.headers.authorization === 'Bearer token' ? bundle : 'no'),
    { headers: { authorization: 'Bearer token' } },
  )
  expect({ event: last.event, isWhole }).toEqual({ event: 'built', isWhole: true })
})

it('asks again where the store is away, or sends less than the whole', async () => {
  let asked = 0
  const { last, isWhole, log } = await built((bundle) => (_, response) => {
    asked++
    if (asked === 1) response.writeHead(503).end()
    else if (asked === 2) response.end(bundle.subarray(0, 5))
    else response.end(bundle)
  })
  expect({ event: last.event, isWhole, asked }).toEqual({ event: 'built', isWhole: true, asked: 3 })
  expect(log).toContain('the store answers 503')
})

it('says what the store answers where asking again is of no use', async () => {
  const { code, isWhole, last } = await built(() => (_, response) => response.writeHead(403).end())
  expect({ code, isWhole }).toEqual({ code: 1, isWhole: false })
  expect(last).toMatchObject({ event: 'failed', reason: 'source_failed', message: expect.stringContaining('403') })
})

it('refuses a spec without an address', async () => {
  const { code, log } = await built(() => (_, response) => response.end(), { url: 'file:///etc/passwd' })
  expect(code).toBe(2)
  expect(log).toContain('fetch: must be {url, headers, sha256}')
})
