import { createClient } from '@wave-store/client'
import { noSandboxes } from '@wave-store/runtime-process/testing/skip'
import { eventually, InstanceVisitor, type RealStore, signIn, startRealStore } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'

/** Counts in a file that it keeps open, and in its log; says who it is and how far it has come. */
const countingApp = `
import http.server, json, os, threading, time
begun = time.time_ns()
count = 0
kept = open('/data/counts', 'a')
def tick():
    global count
    while True:
        count += 1
        kept.write(f'{count}\\n')
        kept.flush()
        print(f'count {count}', flush=True)
        time.sleep(0.02)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        lines = open('/data/counts').read().split()
        gapless = lines == [str(number) for number in range(1, len(lines) + 1)]
        body = json.dumps({'begun': begun, 'pid': os.getpid(), 'count': len(lines), 'gapless': gapless}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *rest):
        pass
threading.Thread(target=tick, daemon=True).start()
http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`
const runtime = 'AppMode = "python"\nModule = "app"\nPort = 8000\nVolumeMount = "/data"\nVolumeSize = "8Mi"'

describe.skipIf(noSandboxes)('a server that is killed', () => {
  let store: RealStore
  beforeAll(async () => {
    store = await startRealStore({ WAVE_STORE_SAMPLES: 'false' })
  })
  afterAll(() => store[Symbol.asyncDispose]())

  it('interrupts no instance: its process, log and open file go on, and it is reached as soon as the next one is up', async () => {
    const cookies = await signIn(store.origin, 'dana')
    const client = createClient({ baseUrl: store.origin, headers: { cookie: String(cookies) } })
    const imported = await fetch(`${store.origin}/api/apps`, {
      method: 'POST',
      body: (await demoBundle({ runtime, files: { 'app.py': countingApp } })) as Uint8Array<ArrayBuffer>,
      headers: { cookie: String(cookies), 'content-type': 'application/zip' },
    })
    const { id: appId } = (await imported.json()) as { id: string }
    const { id: instanceId, url } = await client.launchInstance({ body: { appId } })
    const get = () => client.getInstance({ params: { instanceId } })
    await eventually(async () => expect((await get()).status).toBe('DEPLOYED'))
    const visitor = new InstanceVisitor(url, cookies)
    const before = JSON.parse((await visitor.open()).body)

    await store.kill()
    await store.start()

    const answer = await visitor.get('/')
    expect(answer.status).toBe(200)
    const after = JSON.parse(answer.body)
    expect(after).toMatchObject({ begun: before.begun, pid: before.pid, gapless: true })
    expect(after.count).toBeGreaterThan(before.count)
    expect(await get()).toMatchObject({ status: 'DEPLOYED', failure: null, restarts: 0, silentSince: null })
    const log = await fetch(`${store.origin}/api/instances/${instanceId}/logs`, {
      headers: { cookie: String(cookies) },
    })
    const counts = (await log.text()).match(/count \d+/g)!
    expect(counts.slice(0, after.count)).toEqual(Array.from({ length: after.count }, (_, i) => `count ${i + 1}`))
    await client.terminateInstance({ params: { instanceId } })
  })
})
