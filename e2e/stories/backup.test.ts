import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
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

const commands = fileURLToPath(new URL('../../apps/server/src/backup/', import.meta.url))
const run = promisify(execFile)

/** Counts on its volume all the time; says what it has counted to, and when it began. */
const counter = `
import http.server, os, threading, time
begun = time.time_ns()
def count():
    n = int(open('/data/count').read()) if os.path.exists('/data/count') else 0
    while True:
        n += 1
        with open('/data/new', 'w') as f:
            f.write(str(n))
        os.replace('/data/new', '/data/count')
        time.sleep(0.001)
threading.Thread(target=count, daemon=True).start()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f'{begun} {open("/data/count").read()}'.encode())
http.server.ThreadingHTTPServer(('0.0.0.0', 8000), Handler).serve_forever()
`
const runtime = 'AppMode = "python"\nModule = "app"\nPort = 8000\nVolumeMount = "/data"\nVolumeSize = "16Mi"'

let folder: string
let store: RealStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  store = await startRealStore()
})
afterAll(async () => {
  await store[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

function backup(file: string, dataDir = store.dataDir) {
  return run(process.execPath, [join(commands, 'backup-command.ts'), file], { env: environment(dataDir) })
}

function restore(file: string, dataDir: string) {
  return run(process.execPath, [join(commands, 'restore-command.ts'), file], { env: environment(dataDir) })
}

function environment(dataDir: string) {
  return { ...process.env, WAVE_STORE_DATA_DIR: dataDir }
}

async function dana({ origin }: RealStore) {
  const cookies = await signIn(origin, 'dana')
  const client = createClient({ baseUrl: origin, headers: { cookie: String(cookies) } })
  const send = (path: string, init?: RequestInit) =>
    fetch(origin + path, { ...init, headers: { 'content-type': 'application/zip', cookie: String(cookies) } })
  return { cookies, client, send }
}
type Person = Awaited<ReturnType<typeof dana>>

async function importApp(person: Person, name: string) {
  const body = (await buildBundle({
    manifest: manifestText({ name, runtime }),
    files: { 'app.py': counter },
  })) as Uint8Array<ArrayBuffer>
  return (await (await person.send('/api/apps', { method: 'POST', body })).json()) as { id: string }
}

async function deployed({ client }: Person, instanceId: string) {
  return eventually(async () => {
    const instance = await client.getInstance({ params: { instanceId } })
    expect(instance.status).toBe('DEPLOYED')
    return instance
  }, 60_000)
}

async function appsOf({ client }: Person) {
  const lists = await Promise.all((['catalog', 'mine'] as const).map((scope) => client.listApps({ query: { scope } })))
  // Where an instance is reached goes by the store's port.
  return lists.flatMap(({ items }) => items).map(({ myInstance: _, ...app }) => app)
}

async function bundleOf({ send }: Person, appId: string) {
  const response = await send(`/api/apps/${appId}/bundle`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

describe('a backup', () => {
  it('that was made while the store ran brings back apps, bundles, and instances with the data of their volumes', async () => {
    const person = await dana(store)
    const app = await importApp(person, 'backed-up')
    const launched = await person.client.launchInstance({ body: { appId: app.id } })
    const instance = await deployed(person, launched.id)
    const visitor = new InstanceVisitor(instance.url, person.cookies)
    const [begun = '', before = ''] = (await visitor.open()).body.split(' ')
    const [apps, bundle] = [await appsOf(person), await bundleOf(person, app.id)]
    expect(apps.length).toBeGreaterThan(3)

    const file = join(folder, 'backup.tar')
    const { stderr, stdout } = await backup(file)
    expect(stdout).toBe('')
    expect(stderr).toContain(`• Written to ${file}: 4 apps`)
    expect(stderr).toContain('data of 1 instance')
    expect(stderr).toContain(`! Keys are not in it`)
    expect(stderr).toContain(join(store.dataDir, 'keys.json'))
    const [, after = ''] = (await visitor.get('/')).body.split(' ')
    expect(Number(after)).toBeGreaterThan(Number(before))

    const restored = await startRealStore({}, async (dataDir) => {
      await restore(file, dataDir)
    })
    try {
      const again = await dana(restored)
      expect(await appsOf(again)).toEqual(apps)
      expect((await bundleOf(again, app.id)).equals(bundle)).toBe(true)
      const { url } = await deployed(again, launched.id)
      const [newBegun = '', count = ''] = (await new InstanceVisitor(url, again.cookies).open()).body.split(' ')
      expect(newBegun).not.toBe(begun)
      expect(Number(count)).toBeGreaterThanOrEqual(Number(before))
      const image = join('runtime', 'instances', launched.id, 'volume.img')
      expect(existsSync(join(restored.dataDir, image))).toBe(existsSync(join(store.dataDir, image)))
      const other = await again.client.launchInstance({ body: { appId: app.id } })
      await deployed(again, other.id)
    } finally {
      await restored[Symbol.asyncDispose]()
    }
    expect((await visitor.get('/')).body.split(' ')[0]).toBe(begun)
  })

  it('that is interrupted leaves nothing under its name', async () => {
    const child = spawn(process.execPath, [join(commands, 'backup-command.ts'), join(folder, 'cut.tar')], {
      env: environment(store.dataDir),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await once(child.stderr, 'data')
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    expect(code).toBe(3)
    expect((await readdir(folder)).filter((name) => name.startsWith('cut'))).toEqual([])
    expect((await readdir(store.dataDir)).filter((name) => name.startsWith('backup-'))).toEqual([])
  })

  it('is not restored where a store runs, and says what to do', async () => {
    await backup(join(folder, 'here.tar'))
    await expect(restore(join(folder, 'here.tar'), store.dataDir)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`✗ A store runs on ${store.dataDir}. Stop it`),
    })
  })

  it('goes to a pipe, and comes of a store that is stopped', async () => {
    const copy = join(folder, 'stopped')
    await restore(join(folder, 'here.tar'), copy)
    const { stdout } = await run(process.execPath, [join(commands, 'backup-command.ts'), '-'], {
      env: environment(copy),
      encoding: 'buffer',
      maxBuffer: 1 << 30,
    })
    const tar = spawn('tar', ['--list'], { stdio: ['pipe', 'pipe', 'inherit'] })
    tar.stdin.end(stdout)
    const names = (await Array.fromAsync(tar.stdout)).join('').trim().split('\n')
    expect(names[0]).toBe('manifest.json')
    expect(names.at(-1)).toBe('end.json')
  })

  it('needs a store, and one file to name', async () => {
    const nowhere = join(folder, 'nowhere')
    await expect(backup(join(folder, 'none.tar'), nowhere)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`✗ There is no store in ${nowhere}`),
    })
    expect(existsSync(nowhere)).toBe(false)
    await expect(backup('--help')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('npm run backup') })
  })
})
