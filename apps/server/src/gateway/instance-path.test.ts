import { expect, test } from 'vitest'
import { movedTo } from './instance-path.ts'
import { appOf, openGateway } from './testing/open-gateway.ts'

const atRoot = { id: 'abc', basePath: '/' }
const atBase = { id: 'abc', basePath: '/instance/abc/' }

test.each([
  [atRoot, '/x', undefined],
  [atRoot, '/instance/abc', '/'],
  [atRoot, '/instance/abc/x/y?q=1', '/x/y?q=1'],
  [atRoot, '/instance/abc//evil.example', '/evil.example'],
  [atRoot, '/instance/other/x', undefined],
  [atRoot, '/instance/abcd/x', undefined],
  [atBase, '/instance/abc/x?q=1', undefined],
  [atBase, '/instance/abc?q=1', '/instance/abc/?q=1'],
  [atBase, '/?q=/instance/abc/', '/instance/abc/?q=/instance/abc/'],
  [atRoot, '/instance/demo/x?q=1', '/x?q=1'],
  [atRoot, '/instance/demo//evil.example', '/evil.example'],
  [atBase, '/instance/demo/x?q=1', '/instance/abc/x?q=1'],
  [atBase, '/instance/demo', '/instance/abc/'],
  [atBase, '/instance/abc/instance/demo/', undefined],
])('of %o the target %s moved to %s', (instance, target, moved) => {
  expect(movedTo(target, instance, 'demo')).toBe(moved)
})

test('an app that is routed by base URL gets every path below it, and the rest is sent there', async () => {
  await using gateway = await openGateway()
  const id = 'abc'
  const { get, host } = await gateway.deploy(
    appOf((request, response) => response.end(`app: ${request.url}`)),
    { id, basePath: `/instance/${id}/` },
  )
  expect((await get('/instance/abc/x?q=1')).body).toBe('app: /instance/abc/x?q=1')
  const moved = await get('/elsewhere?q=1')
  expect(moved.status).toBe(307)
  expect(moved.headers.location).toBe(`http://${host}/instance/abc/?q=1`)
})
