import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { constraintsPath } from './src/index.ts'
import { writeFakeWaveServer } from './src/testing/fake-wave-server.ts'
import { LauncherProcess } from './src/testing/launcher-process.ts'
import { RunningApp, server } from './src/testing/run-app.ts'
import { type Entry, freePort, makeSandbox, type Sandbox, writeZip } from './src/testing/sandbox.ts'
import { indexReachable, uv, uvCache } from './src/testing/uv.ts'

const asgi = `
from h2o_wave import main, app, Q, ui
@app('/')
async def serve(q: Q):
    if q.args.press:
        q.page['form'].items[0].text.content = 'pressed'
    else:
        q.page['form'] = ui.form_card(box='1 1 2 2', items=[ui.text('not yet'), ui.button('press', 'Press')])
    await q.page.save()
`

interface WaveApp extends RunningApp {
  wave: string
  appPort: number
}

async function runWave(entries: Record<string, string | Entry>, spec: object = {}, venv?: string, fake?: string) {
  const sandbox = await makeSandbox()
  await writeZip(sandbox.paths.bundle, entries)
  if (fake !== undefined) await writeFakeWaveServer(sandbox.paths.waved, fake)
  const [port, appPort] = [await freePort(), await freePort()]
  const common = { mode: 'wave', module: 'app', listen: { host: '127.0.0.1', port }, appPort, graceMs: 3000 }
  const paths = { ...sandbox.paths, ...(venv ? { venv } : {}) }
  const app = new RunningApp(sandbox, port, { ...common, startTimeoutMs: 20_000, paths, ...spec }, {})
  return Object.assign(app, { wave: `127.0.0.1:${port}`, appPort }) as WaveApp
}

describe('the Wave server', () => {
  const byItself = server('json.dumps(dict(os.environ))', {
    before: 'os.environ["PORT"] = os.environ["H2O_WAVE_APP_ADDRESS"].rsplit(":", 1)[1]',
  })

  it('and the app find each other, with a key that is new at each start', async () => {
    const env = {
      OWN: 'x',
      H2O_WAVE_ADDRESS: 'http://elsewhere',
      H2O_WAVE_MAX_REQUEST_SIZE: '9M',
      H2O_WAVE_DATA_DIR: 'd',
    }
    await using app = await runWave({ 'app.py': byItself }, { env, basePath: '/instance/1/' }, undefined, '')
    await app.running()
    expect(app.log).toContain('the Wave server is that of the platform')
    const inServer = JSON.parse(await app.text())
    const inApp = await (await fetch(`http://127.0.0.1:${app.appPort}/`)).json()
    expect(inApp).toMatchObject({
      OWN: 'x',
      H2O_WAVE_ADDRESS: `http://${app.wave}`,
      H2O_WAVE_APP_ADDRESS: `http://127.0.0.1:${app.appPort}`,
      H2O_WAVE_BASE_URL: '/instance/1/',
    })
    expect(inServer.cwd).toBe(app.sandbox.paths.waveCwd)
    expect(inServer.env).toMatchObject({
      H2O_WAVE_LISTEN: app.wave,
      H2O_WAVE_MAX_REQUEST_SIZE: '9M',
      H2O_WAVE_DATA_DIR: path.join(app.sandbox.paths.app, 'd'),
      H2O_WAVE_BASE_URL: '/instance/1/',
      H2O_WAVE_ACCESS_KEY_ID: inApp.H2O_WAVE_ACCESS_KEY_ID,
      H2O_WAVE_ACCESS_KEY_SECRET: inApp.H2O_WAVE_ACCESS_KEY_SECRET,
    })
    expect(inServer.env).not.toHaveProperty('OWN')
    expect(inApp.H2O_WAVE_ACCESS_KEY_SECRET).toMatch(/^[0-9a-f]{40}$/)
    expect((await app.stop()).log).not.toContain(inApp.H2O_WAVE_ACCESS_KEY_SECRET)
  })

  it('has its lines marked as its own in the log, whole ones, also when it ends', async () => {
    const before = `
import sys
sys.stderr.write("half ")
sys.stderr.flush()
time.sleep(0.05)
print("a line", flush=True)
print("no end", end="", flush=True)
raise SystemExit(7)`
    await using ending = await runWave({ 'app.py': byItself }, {}, undefined, before)
    const { log } = await ending.ended
    expect(log).toMatch(/^\[wave\] half a line\n\[wave\] no end\n# launcher: The Wave server ended/m)
  })

  it('ends the instance when it is killed', async () => {
    const before = 'import signal, threading\nthreading.Timer(1, os.kill, (os.getpid(), signal.SIGKILL)).start()'
    await using app = await runWave({ 'app.py': byItself }, {}, undefined, before)
    expect((await app.ended).last).toMatchObject({
      reason: 'wave_server_failed',
      message: expect.stringContaining('SIGKILL'),
    })
  })

  it('ends the instance when it ends', async () => {
    await using app = await runWave({ 'app.py': byItself }, {}, undefined, '')
    await app.running()
    await app.text('/end')
    const { code, last } = await app.ended
    expect({ code, last }).toMatchObject({ code: 1, last: { reason: 'wave_server_failed', code: null } })
    expect(last.message).toBe('The Wave server ended while the app was running, with exit code 4.')
    await expect(fetch(`http://127.0.0.1:${app.appPort}/`)).rejects.toThrow()
  })

  it('is waited for before the app starts, and may fail then', async () => {
    await using ending = await runWave({ 'app.py': byItself }, {}, undefined, 'raise SystemExit(7)')
    expect((await ending.ended).last.message).toBe('The Wave server ended before the app answered, with exit code 7.')
    await using silent = await runWave({ 'app.py': byItself }, { startTimeoutMs: 500 }, undefined, 'time.sleep(600)')
    const { last } = await silent.ended
    expect(last).toMatchObject({ reason: 'wave_server_failed', message: expect.stringContaining('within 0.5 s') })
  })

  it('must exist', async () => {
    await using app = await runWave({ 'app.py': byItself })
    expect(await app.ended).toMatchObject({ code: 1, last: { reason: 'wave_server_failed' } })
  })

  it('ends with the app, whose exit code remains', async () => {
    await using app = await runWave({ 'app.py': 'raise SystemExit(5)' }, {}, undefined, '')
    expect(await app.ended).toMatchObject({ code: 5, last: { reason: 'exited', code: 5 } })
    await expect(app.text()).rejects.toThrow()
  })

  it('does not make an app running that never serves', async () => {
    const source = 'from h2o_wave import site\nimport time\ntime.sleep(600)\n'
    const stub = { 'h2o_wave.py': 'site = {}\n' }
    await using app = await runWave({ 'app.py': source, ...stub }, { startTimeoutMs: 1500 }, undefined, '')
    const { last } = await app.ended
    expect(last.message).toBe(`The app did not answer on port ${app.appPort} within 1.5 s; it listens on no port.`)
  })
})

describe.skipIf(!indexReachable)('h2o-wave as the package index has it', () => {
  const versions = ['1.8.16', '1.8.5', '0.23.1']
  const environments = new Map<string, Sandbox>()

  beforeAll(async () => {
    for (const version of versions) environments.set(version, await buildEnvironment(version))
  })

  afterAll(async () => {
    for (const sandbox of environments.values()) await sandbox[Symbol.asyncDispose]()
  })

  it.each(versions)('%s serves an app to a browser', async (version) => {
    const venv = environments.get(version)?.paths.venv
    await using app = await runWave({ 'app.py': asgi }, {}, venv)
    await app.running()
    expect(app.log).toContain("the Wave server is that of the app's h2o-wave package")
    await app.until(() => /^\[wave\] .*"route":"\/","t":"app_add"/m.test(app.log))
    expect(await app.text()).toContain('<title>H2O Wave</title>')
    await using page = new WavePage(app.wave)
    await page.shows('not yet')
    page.send('@ / {"press":true}')
    await page.shows('pressed')
    const { code, log } = await app.stop()
    expect(code).toBe(143)
    expect(log).toContain('Application shutdown complete')
    expect(log).not.toContain('not yet')
  })

  it('serves files of the app from a directory beside the server', async () => {
    const env = { H2O_WAVE_PUBLIC_DIR: '/assets/@../../app/static/' }
    const entries = { 'my-app.py': asgi, 'static/x.txt': 'of the app' }
    await using app = await runWave(entries, { module: 'my-app', env }, environments.get('1.8.16')?.paths.venv)
    await app.running()
    expect(await app.text('/assets/x.txt')).toBe('of the app')
  })

  it('tells what its app cannot import', async () => {
    const source = `import no_such_package\n${asgi}`
    await using app = await runWave({ 'app.py': source }, {}, environments.get('1.8.16')?.paths.venv)
    expect((await app.ended).last).toMatchObject({
      reason: 'import_error',
      message: "The module app cannot be imported: ModuleNotFoundError: No module named 'no_such_package'.",
    })
  })
})

async function buildEnvironment(version: string): Promise<Sandbox> {
  const sandbox = await makeSandbox()
  await writeZip(sandbox.paths.bundle, { 'requirements.txt': `h2o-wave==${version}\r\n` })
  const paths = { ...sandbox.paths, uv: uv ?? '', constraints: constraintsPath }
  const { code, log } = await new LauncherProcess('build', { paths }, { UV_CACHE_DIR: uvCache }).ended
  expect(code, log).toBe(0)
  return sandbox
}

/** What a browser does with a Wave page: it watches the route and is told every change. */
class WavePage {
  readonly #socket: WebSocket
  #seen = ''
  #isOver = false
  #wake = () => {}

  constructor(address: string) {
    this.#socket = new WebSocket(`ws://${address}/_s/`)
    this.#socket.onopen = () => this.send('+ / ')
    this.#socket.onmessage = ({ data }) => {
      this.#seen += data
      this.#wake()
    }
    this.#socket.onclose = () => {
      this.#isOver = true
      this.#wake()
    }
  }

  send(message: string): void {
    this.#socket.send(message)
  }

  async shows(text: string): Promise<void> {
    while (!this.#seen.includes(text)) {
      if (this.#isOver) throw new Error(`The page was closed before it showed '${text}': ${this.#seen}`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close()
  }
}
