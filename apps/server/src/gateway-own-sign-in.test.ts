import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { CookieJar, InstanceVisitor } from '@wave-store/testing'
import { expect, it } from 'vitest'
import { appOf, listen } from './gateway/testing/open-gateway.ts'
import { demoBundle } from './testing/demo-bundle.ts'
import { startTestStore } from './testing/test-store.ts'

it.each([
  ['a Wave app that signs people in lets nobody through unknown', 'Module = "app"\nEnableOIDC = true', 401],
  ['any other app lets everybody in', 'Module = "app"', 200],
])('at an instance that is open to all, %s', async (_what, lines, status) => {
  await using app = appOf((_request, response) => response.end('the app'))
  const address = await listen(app)
  const runtime = new InMemoryRuntime({ address: () => address })
  await using store = await startTestStore({ runtime, environment: { WAVE_STORE_PUBLIC_MODE: 'true' } })
  const dana = await store.as('dana')
  const { id: appId } = await dana.importBundle(await demoBundle({ runtime: lines }))
  const { id, url } = await dana.client.launchInstance({ body: { appId, visibility: 'PUBLIC' } })
  await dana.deployed(id)
  expect((await new InstanceVisitor(url, new CookieJar()).get('/')).status).toBe(status)
})
