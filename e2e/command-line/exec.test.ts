import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asUser, canRunAsOrdinaryUser, noSandboxes } from '@wave-store/runtime-process/testing/skip'
import { tracesOf } from '@wave-store/runtime-process/testing/traces'
import { eventually, linkTools } from '@wave-store/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { indexIsReachable } from '../package-index.ts'
import { program, type Running, running, Shell } from './h2o.ts'

/** Those that `h2o exec` gives to its sandboxes. */
const uidRange = { first: 240_000, count: 1000 }
const ordinaryUser = 310_000 + (process.pid % 10_000)

let shell: Shell
const commands: Running[] = []
beforeEach(async () => {
  shell = await Shell.open()
  shell.env.TMPDIR = join(shell.home, 'tmp')
  await mkdir(shell.env.TMPDIR)
  const cache = join(shell.home, '.cache/h2o')
  await mkdir(cache, { recursive: true })
  await linkTools(join(cache, 'tools'))
})
afterEach(async () => {
  // Those of a test that failed.
  for (const command of commands.splice(0)) {
    command.interrupt()
    await command.ended
  }
  await shell[Symbol.asyncDispose]()
})

const manifest = (more = '') =>
  `[App]\nName = "peak"\nVersion = "0.1.2"\nTitle = "Peak"\nCategory = "Healthcare"\nDescription = "Forecast"\n\n[Runtime]\nAppMode = "python"\nModule = "app"\nPort = 8000\n${more}`

const serving = (answer: string) => `
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write((${answer}).encode())
    def log_message(self, *rest):
        pass
print('up', flush=True)
http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`

async function writeApp(code = serving(`'hello from ' + os.environ['H2O_CLOUD_INSTANCE_URL']`), more = '') {
  await mkdir(join(shell.home, 'app'))
  await shell.write('app/app.toml', manifest(more))
  await shell.write('app/app.py', code)
}

function begun(command: Running): Running {
  commands.push(command)
  return command
}

const run = (...args: string[]) => begun(shell.start('exec', 'app', ...args))

/** Where it says that it listens. */
async function portOf(command: Running): Promise<string> {
  const failed = command.ended.then(({ exitCode, stdout, stderr }) => {
    throw new Error(`h2o exec ended with ${exitCode}:\n${stdout}${stderr}`)
  })
  const line = eventually(() => {
    const found = /\{.*"starting launcher server"\}/.exec(command.stdout())
    if (!found) throw new Error(`no line of a start:\n${command.stdout()}${command.stderr()}`)
    return JSON.parse(found[0]) as { port: string }
  }, 40_000)
  return (await Promise.race([line, failed])).port
}

const answerOf = async (command: Running, path = '/') =>
  (await fetch(`http://localhost${await portOf(command)}${path}`)).text()

async function temporaryFiles(): Promise<string[]> {
  return (await readdir(join(shell.home, 'tmp'))).filter((name) => name.startsWith('h2o-'))
}

/** All that the command has made besides its cache: on the machine, and among temporary files. */
async function expectNothingLeft(files: RegExp = /^$/): Promise<void> {
  const data = join(shell.home, '.cache/h2o/exec')
  await expect.poll(() => tracesOf(data, uidRange), { timeout: 15_000 }).toEqual([])
  expect(await readdir(join(data, 'runtime/instances'))).toEqual([])
  expect((await temporaryFiles()).join('\n')).toMatch(files)
}

describe.skipIf(noSandboxes)('h2o exec', () => {
  it('runs a folder at localhost until Ctrl-C, and tells what it does as the guide shows', async () => {
    await writeApp()
    const command = begun(shell.onTerminal('exec', 'app', '--port', '0'))
    const port = await portOf(command)
    expect(await answerOf(command)).toBe(`hello from http://localhost${port}`)
    await eventually(() => expect(command.stdout()).toContain(`The app runs at http://localhost${port}/.`))
    command.interrupt()
    const { exitCode, stdout } = await command.ended
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('\nup\n')])
    const [first = '{}'] = stdout.split('\n')
    const configuration = JSON.parse(first) as Record<string, unknown>
    expect(Object.keys(configuration)).toEqual([
      'level',
      'log_level',
      'url',
      'app_root',
      'venv_root',
      'server_path',
      'py_module',
      'tmp',
      'startup_server',
      'version',
      'time',
      'message',
    ])
    expect(configuration).toMatchObject({
      url: expect.stringMatching(/^file:\/\/.*\/peak\.0\.1\.2\.wave$/),
      app_root: '/app',
      venv_root: '/resources',
      py_module: 'app',
      startup_server: false,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      message: 'configuration',
    })
    await expectNothingLeft()
  })

  it('tells why an app does not come up, and ends with 1', async () => {
    await writeApp('import nowhere')
    const { exitCode, stdout, stderr } = await shell.h2o('exec', 'app', '--port', '0')
    expect(exitCode).toBe(1)
    expect(stdout).toContain("ModuleNotFoundError: No module named 'nowhere'")
    expect(stderr).toMatch(/Error: .*nowhere.*\n.*requirement/)
    await expectNothingLeft()
  })

  it('asks for all secrets that are missing, and gives those that it has', async () => {
    const tables = ['A', 'B'].map((name) => `\n[[Env]]\nName = "${name}"\nSecret = "db"\nSecretKey = "${name}"\n`)
    const file = '\n[[File]]\nPath = "conf/token"\nSecret = "api"\nSecretKey = "token"\n'
    const optional = '\n[[Env]]\nName = "C"\nSecret = "db"\nSecretKey = "C"\nOptional = true\n'
    await writeApp(
      serving(`os.environ['A'] + os.environ['B'] + open('conf/token').read()`),
      [...tables, file, optional].join(''),
    )
    const refused = await shell.h2o('exec', 'app', '--port', '0')
    expect(refused.exitCode).toBe(1)
    for (const part of ['[[Env]] A: ', '[[Env]] B: ', '--from-literal db/B=VALUE', '--from-file api/token=FILE'])
      expect(refused.stderr).toContain(part)
    expect(refused.stderr).not.toContain('[[Env]] C')

    shell.env.A = 'one '
    await writeFile(join(shell.home, 'secret.txt'), 'three')
    const given = ['--from-literal', 'db/B=two ', '--from-file', 'api/token=secret.txt']
    const command = run('--port', '0', ...given)
    expect(await answerOf(command)).toBe('one two three')
    command.interrupt()
    expect((await command.ended).exitCode).toBe(0)
  })

  it('begins nothing where its port is in use, and says what else can be had', async () => {
    await writeApp()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { exitCode, stdout, stderr } = await shell.h2o('exec', 'app', '--port', String(port))
    other.close()
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toBe(`Error: Port ${port} is in use on this machine.\nName another one: h2o exec --port PORT\n`)
  })

  it('leaves nothing but the bundle that it has packed when it is killed', async () => {
    await writeApp()
    const child = spawn(process.execPath, [program, 'exec', 'app', '--port', '0'], { cwd: shell.home, env: shell.env })
    await answerOf(running(child))
    child.kill('SIGKILL')
    await expectNothingLeft(/^h2o-\w+$/)
  })

  it('runs two at a time, each to its own end', async () => {
    await writeApp()
    const [one, other] = [run('--port', '0'), run('--port', '0')]
    await Promise.all([answerOf(one), answerOf(other)])
    one.interrupt()
    expect((await one.ended).exitCode).toBe(0)
    expect(await answerOf(other)).toContain('hello')
    other.interrupt()
    expect((await other.ended).exitCode).toBe(0)
    await expectNothingLeft()
  })

  it('says of what cannot run that it cannot', async () => {
    await writeApp()
    const mode = manifest()
      .replace('"python"', '"container"')
      .replace(/Module.*\n/, 'CustomImage = "x"\n')
    await shell.write('app/app.toml', mode)
    const container = await shell.h2o('exec', 'app', '--port', '0')
    expect([container.exitCode, container.stderr]).toEqual([1, expect.stringContaining('AppMode = "container"')])
    expect(await shell.h2o('exec', '--port', 'many')).toMatchObject({ exitCode: 2 })
    expect(await shell.h2o('exec', 'nowhere')).toMatchObject({ exitCode: 1 })
  })

  it.skipIf(!indexIsReachable)('serves a Wave app as it is (needs the Python package index)', async () => {
    await shell.read('bundle', 'init', 'sales-radar')
    const command = begun(shell.start('exec', 'sales-radar', '--port', '0'))
    expect(await answerOf(command)).toContain('<title>')
    expect(command.stdout()).toContain('"message":"wave executable found"')
    command.interrupt()
    expect((await command.ended).exitCode).toBe(0)
  })
})

describe.skipIf(!canRunAsOrdinaryUser(ordinaryUser))('h2o exec of an ordinary user', () => {
  let child: ChildProcess | undefined

  /** The file that people download, with a Node that this user may run. */
  async function start(...args: string[]): Promise<Running> {
    const [node, h2o] = [join(shell.home, 'node'), join(shell.home, 'h2o')]
    await copyFile(process.execPath, node)
    await copyFile(program, h2o)
    for (const file of [node, h2o]) await chmod(file, 0o755)
    for (const path of ['.', 'tmp', '.cache', '.cache/h2o'])
      await chown(join(shell.home, path), ordinaryUser, ordinaryUser)
    child = spawn('setpriv', [...asUser(ordinaryUser), node, h2o, ...args], { cwd: shell.home, env: shell.env })
    return begun(running(child))
  }

  it('has a sandbox as well, and says what is weaker', async () => {
    await writeApp(serving(`os.path.exists('${shell.home}') and 'sees home' or 'sees nothing'`))
    const command = await start('exec', 'app', '--port', '0')
    expect(await answerOf(command)).toBe('sees nothing')
    command.interrupt()
    const { exitCode, stderr } = await command.ended
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Apps share one user and the network')])
    await expect.poll(() => readdir(tmpdir())).not.toContainEqual(expect.stringContaining(`wave-store-${ordinaryUser}`))
  })

  it('keeps nothing where the home cannot be written', async () => {
    await writeApp()
    shell.env.XDG_CACHE_HOME = '/nowhere'
    const command = await start('exec', 'app', '--port', '0')
    expect(await answerOf(command)).toContain('hello')
    command.interrupt()
    const { exitCode, stderr } = await command.ended
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('/nowhere/h2o cannot be written')])
    expect(await temporaryFiles()).toEqual([])
  })
})
