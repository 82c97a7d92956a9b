import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { commandLinePath } from '@wave-store/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestStore, type TestStore } from '../../apps/server/src/testing/test-store.ts'
import { cells, Shell } from './h2o.ts'

let store: TestStore
beforeAll(async () => {
  store = await startTestStore()
})
afterAll(() => store[Symbol.asyncDispose]())

it('is one file that a store hands out to anybody, and that needs nothing beside it', async () => {
  const response = await fetch(store.origin + commandLinePath)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=h2o')
  expect(response.headers.get('etag')).not.toBeNull()
  await using shell = await Shell.of(store.origin, await store.as('dana'))
  const file = await shell.write('h2o', new Uint8Array(await response.arrayBuffer()))
  const h2o = (...args: string[]) =>
    promisify(execFile)(process.execPath, [file, ...args], { cwd: shell.home, env: shell.env })
  expect(cells((await h2o('version')).stdout)).toEqual([
    ['Client', expect.stringMatching(/^\d/)],
    ['Server', expect.stringMatching(/^\d/)],
  ])
  expect(cells((await h2o('app', 'list', '-a', '-o', 'yaml')).stdout)).toEqual([['[]']])
  await shell.write('package.json', '{ "type": "module" }')
  await h2o('bundle', 'init', 'made')
  expect(cells((await h2o('bundle', 'import', join(shell.home, 'made'))).stdout)).toContainEqual(['Version', '0.1.0'])
})
