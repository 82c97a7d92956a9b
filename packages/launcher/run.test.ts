import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { LauncherProcess } from './src/testing/launcher-process.ts'
import { runApp, server } from './src/testing/run-app.ts'
import { freePort, makeSandbox } from './src/testing/sandbox.ts'

describe('an app that reaches the store', () => {
  it('finds it at an address of its own loopback, also after the store was away', async () => {
    const port = await freePort()
    const asking = `urllib.request.urlopen("http://127.0.0.1:${port}/jwks").read().decode()`
    const directory = await mkdtemp(path.join(tmpdir(), 'door-'))
    const socket = path.join(directory, 'store.sock')
    const store = (answer: string) => createServer((_, response) => response.end(answer)).listen(socket)
    const first = store('x'.repeat(300_000))
    await using app = await runApp(
      { 'app.py': server(asking, { before: 'import urllib.request' }) },
      { storeRelay: { port, socket } },
    )
    await app.running()
    expect(await app.text()).toHaveLength(300_000)
    first.closeAllConnections()
    await new Promise((resolve) => first.close(resolve))
    await expect(app.text()).rejects.toThrow()
    const second = store('back')
    expect(await app.text()).toBe('back')
    second.close()
    await rm(directory, { recursive: true })
  })
})

describe('an app that listens by itself', () => {
  it('goes through the phases, answers, and ends when asked to', async () => {
    await using app = await runApp({ 'app.py': server() })
    await app.running()
    expect(await app.text()).toBe('hello')
    expect(await app.stop()).toMatchObject({ code: 143, last: { event: 'failed', reason: 'stopped' } })
    expect(app.events.map(({ phase }) => phase)).toEqual(['sourcing', 'starting', 'running', undefined])
  })

  it('tells what it uses at a port of its own', async () => {
    const usagePort = await freePort()
    await using app = await runApp({ 'app.py': server() }, { usagePort, usageVolume: '/tmp' })
    await app.running()
    const told = await (await fetch(`http://127.0.0.1:${usagePort}/`)).json()
    expect(told).toEqual({
      cpuMs: expect.any(Number),
      memoryBytes: expect.any(Number),
      processes: expect.any(Number),
      volumeBytes: expect.any(Number),
    })
  })

  it('finds its environment, its files and its working directory', async () => {
    const facts =
      '[os.getcwd(), dict(os.environ), sys.argv[1:], open("conf/x.ini", newline="").read(), list(open("conf/key.bin", "rb").read())]'
    await using app = await runApp(
      { 'app.py': server(`json.dumps(${facts})`) },
      {
        env: { OWN: 'own value', HOME: '/elsewhere' },
        args: ['--flag', 'two words'],
        files: [
          { path: 'conf/x.ini', content: 'a = ü\r\n' },
          { path: 'conf/key.bin', content: Buffer.from([0, 255, 10]).toString('base64'), encoding: 'base64' },
        ],
      },
    )
    await app.running()
    const [cwd, env, args, file, bytes] = JSON.parse(await app.text())
    expect(cwd).toBe(app.sandbox.paths.app)
    expect(env).toMatchObject({
      OWN: 'own value',
      HOME: app.sandbox.paths.home,
      LANG: 'C.UTF-8',
      PYTHONUNBUFFERED: '1',
    })
    expect(env.PORT).toBe(String(app.port))
    expect(args).toEqual(['--flag', 'two words'])
    expect(file).toBe('a = ü\r\n')
    expect(bytes).toEqual([0, 255, 10])
  })

  it('keeps values of the environment and files out of arguments and the log', async () => {
    const commands = 'open(f"/proc/{os.getppid()}/cmdline").read() + open("/proc/self/cmdline").read()'
    await using app = await runApp(
      { 'app.py': server(commands) },
      { env: { OWN: 'k33p-me' }, files: [{ path: 'secret.txt', content: 'k33p-me' }] },
    )
    await app.running()
    expect(await app.text()).not.toContain('k33p-me')
    const { log, events } = await app.stop()
    expect(log + JSON.stringify(events)).not.toContain('k33p-me')
  })

  it('may be a module of the standard library', async () => {
    await using app = await runApp({ 'index.html': 'static' }, { module: 'http.server', port: await freePort() })
    await app.until(() => app.log.includes('starts as python3 -m http.server'))
  })

  it('passes both outputs on without loss, whatever is in them', async () => {
    const before = [
      'sys.stdout.write("o" * 3_000_000); sys.stdout.flush()',
      'sys.stderr.buffer.write(b"\\xff\\x00" + b"e" * 3_000_000); sys.stderr.flush()',
    ].join('\n')
    await using app = await runApp({ 'app.py': server('1', { before }) })
    await app.running()
    const { log } = await app.stop()
    expect(log.match(/o{1000,}/)?.[0].length).toBe(3_000_000)
    expect(log.split('e').length).toBeGreaterThan(3_000_000)
  })

  it('goes on when nobody reads the events any more', async () => {
    await using app = await runApp({ 'app.py': server('1', { before: 'time.sleep(0.3)' }) })
    await app.until(() => app.events.length >= 2)
    app.child.stdio[4]?.destroy()
    await expect.poll(() => app.text().catch(() => null), { timeout: 10_000 }).toBe('1')
    expect(await app.stop()).toMatchObject({ code: 143 })
  })
})

describe('an app that does not come up', () => {
  it('is told which module is missing, and what is nearest', async () => {
    await using app = await runApp({ 'src/main.py': '', 'src/start.py': '' }, { module: 'src.mian' })
    expect(await app.ended).toMatchObject({ code: 1, last: { reason: 'module_not_found', code: null } })
    expect((await app.ended).last.message).toBe(
      'There is no module src.mian in the app; the nearest are src.main, src.start.',
    )
  })

  it('is told to write a module rather than a file name', async () => {
    await using app = await runApp({ 'src/app.py': '' }, { module: 'src/app.py' })
    expect((await app.ended).last.message).toContain('the nearest are src.app')
  })

  it('is told that a package cannot run', async () => {
    await using app = await runApp({ 'app/__init__.py': '', 'app/run.py': '' })
    expect(await app.ended).toMatchObject({ code: 1, last: { reason: 'module_not_found' } })
    expect((await app.ended).last.message).toContain('app is a package without __main__.py; the nearest are app.run')
  })

  it.each([
    ['import no_such_package\n', "ModuleNotFoundError: No module named 'no_such_package'"],
    ['from os import nothing\n', "ImportError: cannot import name 'nothing' from 'os'"],
    ['def broken(:\n', 'SyntaxError: '],
  ])('is told why %j cannot be imported', async (source, message) => {
    await using app = await runApp({ 'app.py': source })
    expect(await app.ended).toMatchObject({ code: 1, last: { reason: 'import_error', code: 1 } })
    expect((await app.ended).last.message).toContain(`The module app cannot be imported: ${message}`)
  })

  it('is told that it ended at once', async () => {
    await using app = await runApp({ 'app.py': 'print("nothing to do")' })
    const { code, last, log } = await app.ended
    expect({ code, reason: last.reason, exit: last.code }).toEqual({ code: 0, reason: 'exited', exit: 0 })
    expect(last.message).toBe('The module app ended at once with exit code 0 without serving anything.')
    expect(log).toContain('nothing to do')
  })

  it('ends with the exit code of the app and the error that it raised last', async () => {
    await using failing = await runApp({ 'app.py': 'raise KeyError("API_KEY")' })
    expect((await failing.ended).last.message).toBe("The module app ended with exit code 1: KeyError: 'API_KEY'.")
    await using leaving = await runApp({ 'app.py': 'raise SystemExit(3)' })
    expect(await leaving.ended).toMatchObject({ code: 3, last: { reason: 'exited', code: 3 } })
  })

  it('names the signal that ended it', async () => {
    await using app = await runApp({ 'app.py': 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)' })
    expect(await app.ended).toMatchObject({ code: 137, last: { reason: 'killed', code: null } })
    expect((await app.ended).last.message).toContain('SIGKILL')
  })

  it('is told the ports that it listens on instead', async () => {
    const elsewhere = await freePort()
    const source = server().replace('int(os.environ["PORT"])', String(elsewhere))
    await using app = await runApp({ 'app.py': source }, { startTimeoutMs: 1500 })
    const { code, last } = await app.ended
    expect({ code, reason: last.reason }).toEqual({ code: 1, reason: 'never_listened' })
    expect(last.message).toBe(`The app did not answer on port ${app.port} within 1.5 s; it listens on ${elsewhere}.`)
  })

  it('is told that an open port without an answer in HTTP is not enough', async () => {
    const source = `
import os, socket
s = socket.create_server(("0.0.0.0", int(os.environ["PORT"])))
while True:
    c, _ = s.accept()
    c.sendall(b"220 mail ready\\r\\n")
    c.close()
`
    await using app = await runApp({ 'app.py': source }, { startTimeoutMs: 1500 })
    expect((await app.ended).last).toMatchObject({ reason: 'never_listened' })
  })

  it('is told to listen on every address when it answers on loopback alone', async () => {
    const source = server('1', { host: '127.0.0.1' })
    await using app = await runApp({ 'app.py': source }, { probeHosts: ['127.0.0.2'] })
    const { last } = await app.ended
    expect(last.reason).toBe('never_listened')
    expect(last.message).toContain('let it listen on 0.0.0.0')
    await using open = await runApp({ 'app.py': server() }, { probeHosts: ['127.0.0.2'] })
    await open.running()
  })
})

describe('the end', () => {
  it('is passed on to the app, which may finish its work', async () => {
    const before = `
def finish(*_):
    print("finishing", flush=True)
    os._exit(0)
signal.signal(signal.SIGTERM, finish)
`
    await using app = await runApp({ 'app.py': server('1', { before }) })
    await app.running()
    expect((await app.stop()).log).toContain('finishing')
  })

  it('comes by force after the grace, for every process of the app', async () => {
    const child = '[sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"]'
    const before = `signal.signal(signal.SIGTERM, signal.SIG_IGN)\nchild = subprocess.Popen(${child})`
    await using app = await runApp({ 'app.py': server('child.pid', { before }) }, { graceMs: 300 })
    await app.running()
    const pid = Number(await app.text())
    await app.stop()
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  it('comes while the code is still unpacked', async () => {
    const big = { content: Buffer.alloc(60_000_000, 7) }
    await using app = await runApp({ 'app.py': server(), 'big.bin': big })
    await app.until(() => app.events.length === 1)
    expect(await app.stop()).toMatchObject({ code: 143, last: { reason: 'stopped' } })
  })

  it('tells an app that ended later from one that ended at once', async () => {
    const before = 'threading.Timer(0.5, lambda: os._exit(0)).start()'
    await using app = await runApp({ 'app.py': server('1', { before }) })
    await app.running()
    expect((await app.ended).last).toMatchObject({
      reason: 'exited',
      message: 'The module app ended with exit code 0.',
    })
  })
})

describe('the code', () => {
  it('keeps executable bits and links that stay inside, and nothing of an earlier start', async () => {
    const source = server('[os.access("run.sh", os.X_OK), open("link").read(), os.path.exists("left")]')
    const entries = {
      'app.py': source,
      'run.sh': { content: '#!/bin/sh\n', mode: 0o100755 },
      'data/x.txt': 'linked',
      link: { content: 'data/x.txt', mode: 0o120777 },
    }
    await using app = await runApp(entries, { files: [{ path: 'left', content: '' }] })
    await app.running()
    expect(await app.text()).toBe("[True, 'linked', True]")
    await app.stop()
    const again = new LauncherProcess('run', {
      mode: 'python',
      module: 'app',
      port: app.port,
      paths: app.sandbox.paths,
    })
    await again.running()
    expect(await app.text()).toBe("[True, 'linked', False]")
    await again.stop()
  })

  it.each([
    ['a parent directory', { '../out.txt': 'x' }],
    ['an absolute path', { '/tmp/launcher-out.txt': 'x' }],
    ['a link to outside', { link: { content: '../../etc/passwd', mode: 0o120777 } }],
    ['a link through a link', { a: { content: 'b/..', mode: 0o120777 }, b: { content: '..', mode: 0o120777 } }],
    ['a link below a link', { a: { content: '..', mode: 0o120777 }, 'a/b': { content: 'x', mode: 0o120777 } }],
  ])('is refused when it holds %s', async (_, entries) => {
    await using app = await runApp({ ...entries, 'app.py': server() })
    expect(await app.ended).toMatchObject({ code: 1, last: { reason: 'source_failed' } })
    expect(existsSync(path.join(app.sandbox.root, 'out.txt'))).toBe(false)
    expect(existsSync('/tmp/launcher-out.txt')).toBe(false)
  })
})

describe('the spec', () => {
  it('is refused with every mistake in it, and no value of it', async () => {
    await using sandbox = await makeSandbox()
    const spec = { mode: 'other', port: 0, env: { A: 7, B: 's3cret' }, paths: sandbox.paths }
    const { code, log, events } = await new LauncherProcess('run', spec).ended
    expect({ code, events }).toEqual({ code: 2, events: [] })
    for (const name of ['mode', 'module', 'port', 'env']) expect(log).toContain(`${name}: `)
    expect(log).not.toContain('s3cret')
    expect((await new LauncherProcess('run', '{"env": "s3cret').ended).log).not.toContain('s3cret')
  })

  it('names a file whose content is not base64, and quotes none of it', async () => {
    await using app = await runApp(
      { 'app.py': server() },
      { files: [{ path: 'key.bin', content: 's3cret!', encoding: 'base64' }] },
    )
    const { last, log } = await app.ended
    expect(last).toMatchObject({ reason: 'source_failed', message: expect.stringContaining('key.bin') })
    expect(log + JSON.stringify(last)).not.toContain('s3cret')
  })

  it('lays files outside the code where their path is absolute', async () => {
    await using sandbox = await makeSandbox()
    const file = path.join(sandbox.root, 'etc/deep/file')
    await using app = await runApp({ 'app.py': server() }, { files: [{ path: file, content: 'text' }] })
    await app.running()
    expect(await readFile(file, 'utf8')).toBe('text')
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
