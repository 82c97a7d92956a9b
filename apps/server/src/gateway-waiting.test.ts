import { request } from 'node:http'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually, InstanceVisitor } from '@wave-store/testing'
import { expect, test } from 'vitest'
import { appOf, listen } from './gateway/testing/open-gateway.ts'
import { demoBundle } from './testing/demo-bundle.ts'
import { startTestStore } from './testing/test-store.ts'

/** The events that a waiting page of the instance is told. */
function follow(url: string, cookie: string) {
  const { host, port } = new URL(url)
  const events: { status: string; phase: string; note: string }[] = []
  const path = '/_wave-store/events'
  const asked = request({ host: '127.0.0.1', port, path, headers: { host, cookie } }, (response) => {
    response.setEncoding('utf8').on('data', (text: string) => {
      for (const [, json] of text.matchAll(/data: (.*)\n/g)) events.push(JSON.parse(json!))
    })
  }).on('error', () => {})
  asked.end()
  return { events, [Symbol.dispose]: () => void asked.destroy() }
}

test('a waiting page is told of the queue, of every phase and of the end', async () => {
  await using app = appOf((_request, response) => response.end('the app'))
  const address = await listen(app)
  const runtime = new InMemoryRuntime({ address: () => address, behaviour: () => ({ phase: 'installing' }) })
  await using store = await startTestStore({ runtime, environment: { WAVE_STORE_MAX_STARTS: '1' } })
  const dana = await store.as('dana')
  const { id: appId } = await dana.importBundle(await demoBundle())
  const first = await dana.client.launchInstance({ body: { appId } })
  const second = await dana.client.launchInstance({ body: { appId } })
  const visitor = new InstanceVisitor(second.url, dana.cookies)
  await visitor.open()
  using page = follow(second.url, visitor.cookie)
  await eventually(() => expect(page.events.at(-1)?.note).toMatch(/^It is the next one\. Another instance is starting/))
  runtime.setPhase(first.id, 'running')
  await eventually(() => expect(page.events.at(-1)).toMatchObject({ phase: 'installing', note: '' }))
  runtime.setPhase(second.id, 'running')
  await eventually(() => expect(page.events.at(-1)?.status).toBe('DEPLOYED'))
})
