import { readdirSync, readFileSync } from 'node:fs'
import { createClient } from '@wave-store/client'
import {
  buildBundle,
  eventually,
  InstanceVisitor,
  manifestText,
  type RealStore,
  signIn,
  startRealStore,
} from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let store: RealStore
beforeAll(async () => {
  store = await startRealStore({ WAVE_STORE_SAMPLES: 'false', WAVE_STORE_START_TIMEOUT_SECONDS: '3' })
})
afterAll(() => store[Symbol.asyncDispose]())

const server = `
import http.server, os, time
begun = time.time_ns()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f'{begun} {os.path.exists("/data/mark")}'.encode())
        open('/data/mark', 'w').close()
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), Handler).serve_forever()
`
const runtime = 'AppMode = "python"\nModule = "app"\nPort = 8000\nVolumeMount = "/data"\nVolumeSize = "1Mi"'

async function dana() {
  const cookies = await signIn(store.origin, 'dana')
  return { cookies, client: createClient({ baseUrl: store.origin, headers: { cookie: String(cookies) } }) }
}

type Person = Awaited<ReturnType<typeof dana>>

async function launch({ cookies, client }: Person, name: string, app: { runtime?: string; source: string }) {
  const body = (await buildBundle({
    manifest: manifestText({ name, runtime: app.runtime ?? runtime }),
    files: { 'app.py': app.source },
  })) as Uint8Array<ArrayBuffer>
  const headers = { cookie: String(cookies), 'content-type': 'application/zip' }
  const imported = await fetch(`${store.origin}/api/apps`, { method: 'POST', body, headers })
  const { id: appId } = (await imported.json()) as { id: string }
  return client.launchInstance({ body: { appId } })
}

async function settled({ client }: Person, instanceId: string) {
  return eventually(async () => {
    const instance = await client.getInstance({ params: { instanceId } })
    expect(instance.status).not.toBe('PENDING')
    return instance
  })
}

async function terminate({ client }: Person, instanceId: string) {
  await client.terminateInstance({ params: { instanceId } })
  await eventually(async () => expect((await client.listInstances({})).items).toEqual([]))
}

describe('a server that is killed', () => {
  it('finds the running instance again, never interrupted, and its tickets still good', async () => {
    const person = await dana()
    const instance = await launch(person, 'survivor', { source: server })
    expect(await settled(person, instance.id)).toMatchObject({ status: 'DEPLOYED' })
    const visitor = new InstanceVisitor(instance.url, person.cookies)
    await visitor.open()
    const [begun] = (await visitor.get('/')).body.split(' ')

    await store.kill()
    await store.start()
    const again = await visitor.get('/')
    expect(again).toMatchObject({ status: 200, body: `${begun} True` })
    await terminate(person, instance.id)
  })

  it('finishes a launch that was under way', async () => {
    const person = await dana()
    const instance = await launch(person, 'half-done', { source: server })
    await store.kill()
    await store.start()
    expect(await settled(person, instance.id)).toMatchObject({ status: 'DEPLOYED' })
    await terminate(person, instance.id)
  })

  it('ends an instance whose termination was under way', async () => {
    const person = await dana()
    const instance = await launch(person, 'half-gone', { source: server })
    await settled(person, instance.id)
    await person.client.terminateInstance({ params: { instanceId: instance.id } })
    await store.kill()
    await store.start()
    await eventually(async () => expect((await person.client.listInstances({})).items).toEqual([]))
  })
})

describe('a machine that restarts', () => {
  it('has its instances started again, with their volumes', async () => {
    const person = await dana()
    const instance = await launch(person, 'rebooted', { source: server })
    await settled(person, instance.id)
    const visitor = new InstanceVisitor(instance.url, person.cookies)
    await visitor.open()
    const [begun] = (await visitor.get('/')).body.split(' ')
    await store.kill()
    process.kill(supervisorPid(), 'SIGKILL')
    await store.start()
    await eventually(async () => {
      const { status, body } = await visitor.get('/')
      expect(status).toBe(200)
      expect(body).toMatch(/ True$/)
      expect(body.split(' ')[0]).not.toBe(begun)
    })
    await terminate(person, instance.id)
  })
})

describe('an app that does not come up', () => {
  it.each<[string, { runtime?: string; source: string }, object]>([
    ['ends at once', { source: 'import sys; sys.exit(7)' }, { reason: 'exited', exitCode: 7 }],
    [
      'names a module that does not exist',
      { runtime: runtime.replace('"app"', '"nowhere"'), source: '' },
      { reason: 'module_not_found' },
    ],
    [
      'cannot import what it needs',
      { source: 'import not_there' },
      { reason: 'import_error', message: expect.stringContaining('not_there') },
    ],
    [
      'never listens',
      { source: 'import time; time.sleep(600)' },
      { reason: 'never_listened', message: expect.stringContaining('8000') },
    ],
    [
      'takes more memory than it may',
      { runtime: `${runtime}\nMemoryLimit = "64Mi"`, source: 'x = [b"x" * 1024 * 1024 for _ in range(500)]' },
      { reason: 'out_of_memory' },
    ],
  ])(
    'because it %s says so, stays failed over visits, and leaves nothing after its end',
    async (title, app, failure) => {
      const person = await dana()
      const instance = await launch(person, `fails.${title.replaceAll(/\W+/g, '-')}`, app)
      expect(await settled(person, instance.id)).toMatchObject({ status: 'FAILED', failure })
      const visitor = new InstanceVisitor(instance.url, person.cookies)
      const page = await visitor.open()
      expect(page.status).toBe(502)
      expect(page.body).toContain(`${store.origin}/instances/${instance.id}`)
      expect(await settled(person, instance.id)).toMatchObject({ status: 'FAILED', failure })
      await terminate(person, instance.id)
    },
  )
})

function supervisorPid(): number {
  const pid = readdirSync('/proc').find((name) => {
    const line = commandLine(name)
    return line.includes('supervisor/main.ts') && line.includes(store.dataDir)
  })
  if (!pid) throw new Error('No supervisor runs for the store')
  return Number(pid)
}

/** Empty for what is no process, or no longer. */
function commandLine(pid: string): string {
  try {
    return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : ''
  } catch {
    return ''
  }
}
