import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createClient } from '@wave-store/client'
import type { AppDetails } from '@wave-store/contract'
import { eventually, InstanceVisitor, type RealStore, signIn, startRealStore } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../testing/demo-bundle.ts'

/** In base64 as well, which is how bytes travel. */
const planted = 'pl4nted value of a s3cret'
const forms = [planted, Buffer.from(planted).toString('base64')]
const environment = { WAVE_STORE_LOG_LEVEL: 'debug', WAVE_STORE_SAMPLES: 'false' }

/** Tells what it was given by its hash, and ends with it in its last words. */
const app = `
import hashlib, http.server, os, threading

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        given = [os.environ['PASSWORD'], open('conf/password').read(), open('/keys/password').read()]
        body = ' '.join(hashlib.sha256(text.encode()).hexdigest() for text in given).encode()
        self.send_response(200)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if self.path == '/end':
            print('RuntimeError: no login with ' + os.environ['PASSWORD'], flush=True)
            os._exit(3)
    def log_message(self, *rest):
        pass

http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`
const tables = `
[[Env]]
Name = "PASSWORD"
Secret = "db"
SecretKey = "password"
[[File]]
Path = "conf/password"
Secret = "db"
SecretKey = "password"
[[File]]
Path = "/keys/password"
Secret = "db"
SecretKey = "password"
`

let store: RealStore
let client: ReturnType<typeof createClient>
let cookie: string
let instanceId: string
let visitor: InstanceVisitor
const answers: string[] = []

beforeAll(async () => {
  store = await startRealStore(environment)
  const cookies = await signIn(store.origin, 'dana')
  cookie = String(cookies)
  client = createClient({ baseUrl: store.origin, headers: { cookie } })
  const { id: secretId } = await client.createSecret({ body: { name: 'db', values: {} } })
  const set = { password: { text: planted } }
  answers.push(JSON.stringify(await client.updateSecret({ params: { secretId }, body: { set } })))
  const runtime = 'AppMode = "python"\nModule = "app"\nPort = 8000\nMemoryLimit = "128Mi"'
  const body = (await demoBundle({ runtime, tables, files: { 'app.py': app } })) as Uint8Array<ArrayBuffer>
  const headers = { cookie, 'content-type': 'application/zip' }
  const imported = await fetch(`${store.origin}/api/apps`, { method: 'POST', headers, body })
  const { id: appId } = (await imported.json()) as AppDetails
  const { id } = await client.launchInstance({ body: { appId } })
  instanceId = id
  const { url } = await eventually(async () => {
    const instance = await client.getInstance({ params: { instanceId } })
    if (instance.status !== 'DEPLOYED') throw new Error(JSON.stringify(instance.failure ?? instance.phase))
    return instance
  })
  visitor = new InstanceVisitor(url, cookies)
})
afterAll(() => store[Symbol.asyncDispose]())

const holds = (bytes: Buffer | string) => forms.some((form) => bytes.includes(form))

/** Files below the data directory that hold the value. */
async function filesWithIt(): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(store.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    if (holds(bytes)) found.push(relative(store.dataDir, path))
  }
  return found
}

async function processes(): Promise<{ pid: string; command: string; environment: string }[]> {
  const read = (pid: string, file: string) => readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => '')
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(
    pids.map(async (pid) => ({
      pid,
      command: await read(pid, 'cmdline'),
      environment: await read(pid, 'environ'),
    })),
  )
}

describe('a value of a secret', () => {
  it('reaches the app by its environment and its files', async () => {
    const hash = createHash('sha256').update(planted).digest('hex')
    expect((await visitor.open('/')).body).toBe([hash, hash, hash].join(' '))
  })

  it('stands in no command line, and in no environment but the app’s', async () => {
    const all = await processes()
    const isOfApp = ({ environment }: { environment: string }) =>
      environment.includes(`H2O_CLOUD_INSTANCE_ID=${instanceId}`)
    expect(all.some((one) => isOfApp(one) && holds(one.environment))).toBe(true)
    expect(all.filter(({ command }) => holds(command))).toEqual([])
    expect(all.filter((one) => holds(one.environment) && !isOfApp(one)).map(({ command }) => command)).toEqual([])
  })

  it('is in nothing that the store answers, logs or keeps', async () => {
    const paths = ['/api/secrets', '/api/secrets?scope=all', `/api/instances/${instanceId}`, '/api/audit?scope=mine']
    for (const path of [...paths, '/api/session', '/api/openapi.json'])
      answers.push(await (await fetch(store.origin + path, { headers: { cookie } })).text())
    expect(answers.filter(holds)).toEqual([])
    expect(holds(store.output())).toBe(false)
    // The files that the app was given stand in its sandbox, and go with it.
    const found = (await filesWithIt()).map((path) => path.replace(`runtime/instances/${instanceId}/scratch/`, ''))
    expect(found.sort()).toEqual(['app/conf/password', 'files-0/password'])
  })

  it('is not told when the app ends with it in its last words', async () => {
    await visitor.get('/end').catch(() => undefined)
    await eventually(async () => {
      const instance = await client.getInstance({ params: { instanceId } })
      expect(instance.status).not.toBe('DEPLOYED')
    })
    answers.push(JSON.stringify(await client.getInstance({ params: { instanceId } })))
    expect(answers.filter(holds)).toEqual([])
    expect(holds(store.output())).toBe(false)
    // Its log is the app's own, for who may read it.
    const logs = new RegExp(`^runtime/instances/${instanceId}/[^/]+\\.log$`)
    await eventually(async () => expect((await filesWithIt()).filter((path) => !logs.test(path))).toEqual([]))
  })
})
