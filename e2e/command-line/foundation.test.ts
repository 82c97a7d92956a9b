import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { eventually, follow, freePort, submit } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enterCode } from '../../apps/server/src/testing/command-line.ts'
import { demoBundle } from '../../apps/server/src/testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../../apps/server/src/testing/test-store.ts'
import { cells, Shell } from './h2o.ts'

let store: TestStore
let dana: TestPerson
beforeAll(async () => {
  store = await startTestStore()
  dana = await store.as('dana')
})
afterAll(() => store[Symbol.asyncDispose]())

const settingsFile = '.h2oai/h2o-cli-config.toml'

/** Answers every request in the same way, until it is disposed of. */
async function answering(listener: Parameters<typeof createServer>[1]) {
  const server = createServer(listener as never).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

describe('signing in', () => {
  it('asks for the store, proposes the rest, shows a code where there is no browser, and keeps it to its owner', async () => {
    await using shell = await Shell.open({ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', DISPLAY: ':10' })
    const setup = shell.start('config', 'setup')
    setup.type(`${store.origin}\n\n\n`)
    const code = await eventually(() => {
      const found = /type the code (\S+)\./.exec(setup.stderr())?.[1]
      if (!found) throw new Error(setup.stderr())
      return found
    })
    const verificationUri = /(http\S+)/.exec(setup.stderr().split('open this address')[1] ?? '')?.[1] ?? ''
    await enterCode(dana.cookies, { verification_uri: verificationUri, user_code: code } as never, 'confirm')
    const { exitCode, stdout, stderr } = await setup.ended
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' })
    expect(stderr).toContain(`OIDC URL [${store.origin}/oidc]`)
    expect(stderr).toContain(`Signed in to ${store.origin} as Dana Developer.`)
    const file = join(shell.home, settingsFile)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const settings = await readFile(file, 'utf8')
    for (const key of ['Endpoint', 'OIDCAddress', 'ClientID', 'Token'])
      expect(settings).toMatch(new RegExp(`^${key} = "`, 'm'))

    const expired = settings.replace(
      /^AccessTokenExpiresAt = .*$/m,
      'AccessTokenExpiresAt = "2020-01-01T00:00:00.000Z"',
    )
    await shell.write(settingsFile, expired)
    const commands = await Promise.all([1, 2, 3, 4].map(() => shell.h2o('app', 'list')))
    expect(commands.map((command) => command.stderr)).toEqual(['', '', '', ''])
    expect(await readFile(file, 'utf8')).not.toContain('2020-01-01')
    expect((await shell.h2o('app', 'list')).exitCode).toBe(0)

    const lines = (await readFile(file, 'utf8')).replace(/^Token = .*$/m, 'Token = "long gone"')
    await shell.write(settingsFile, lines.replace(/^AccessToken.*$\n/gm, ''))
    const ended = await shell.h2o('app', 'list')
    expect(ended.stderr).toMatch(/^Error: You are no longer signed in.*\nSign in again with: h2o config setup\n$/)
    expect(ended.exitCode).toBe(4)
  })

  it('comes back from a browser to a port of this machine', async () => {
    await using shell = await Shell.open()
    // A browser that writes down where it was sent.
    const browser = await shell.write('browser.sh', '#!/bin/sh\necho "$1" > "$HOME/opened"\n')
    await chmod(browser, 0o755)
    Object.assign(shell.env, { BROWSER: browser })
    const setup = shell.start('config', 'setup', '--endpoint', store.origin)
    setup.type('\n\n')
    const address = await eventually(async () => {
      const opened = (await readFile(join(shell.home, 'opened'), 'utf8')).trim()
      if (!opened) throw new Error('not yet')
      return opened
    })
    const consent = await follow(dana.cookies, address)
    const end = await submit(dana.cookies, consent.url, { decision: 'allow' })
    await fetch(end.url).catch(() => undefined)
    expect(await setup.ended).toMatchObject({ exitCode: 0 })
    expect(cells(await shell.read('config', 'show'))).toEqual([
      ['File', join(shell.home, settingsFile)],
      ['Endpoint', store.origin],
      ['OIDC URL', `${store.origin}/oidc`],
      ['Client ID', 'h2o'],
      ['Signed in', 'yes'],
    ])
  })

  it('takes the settings of --conf before those of H2OCONFIG, and a token of H2O_TOKEN before any', async () => {
    await using shell = await Shell.of(store.origin, dana)
    const { H2O_TOKEN: token = '', H2O_ENDPOINT: _, ...env } = shell.env
    Object.assign(shell.env, { H2O_TOKEN: '', H2O_ENDPOINT: '' })
    for (const name of ['named', 'given'])
      await shell.write(`${name}.toml`, `Endpoint = "http://${name}.test"\nToken = "${token}"\nOther = 1\n`)
    const endpoint = async (...args: string[]) => cells(await shell.read(...args, 'config', 'show'))[1]?.[1]
    Object.assign(shell.env, env, { H2OCONFIG: 'named.toml' })
    expect(await endpoint()).toBe('http://named.test')
    expect(await endpoint('--conf', 'given.toml')).toBe('http://given.test')
    const first = await shell.h2o('--conf', 'given.toml', 'config', 'show')
    expect(first.stderr).toBe('')
    expect((await stat(join(shell.home, 'given.toml'))).mode & 0o777).toBe(0o600)
    await shell.read('--conf', 'given.toml', 'config', 'setup', '--endpoint', store.origin, '--token', token)
    expect(await readFile(join(shell.home, 'given.toml'), 'utf8')).toContain('Other = 1')
    expect((await shell.h2o('--conf', 'given.toml', 'app', 'list')).exitCode).toBe(0)
    Object.assign(shell.env, { H2O_TOKEN: 'wave_nothing' })
    expect((await shell.h2o('--conf', 'given.toml', 'app', 'list')).exitCode).toBe(4)
  })

  it('works with a token where nothing can be written at home', async () => {
    await using shell = await Shell.of(store.origin, dana, { HOME: '/proc/nowhere' })
    expect(await shell.h2o('app', 'list')).toMatchObject({ exitCode: 0, stderr: '' })
    Object.assign(shell.env, { H2O_TOKEN: '' })
    expect(await shell.h2o('app', 'list')).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: 'Error: You are not signed in.\nSign in with: h2o config setup\n',
    })
  })
})

describe('what goes wrong', () => {
  it('is told by exit code and next step: no settings, wrong words, a wrong endpoint, a file that is no TOML', async () => {
    await using shell = await Shell.open()
    expect(await shell.h2o('app', 'list')).toMatchObject({
      exitCode: 4,
      stderr: 'Error: There are no settings yet: which store to talk to is not known.\nRun: h2o config setup\n',
    })
    const misspelt = await shell.h2o('app', 'lisst')
    expect(misspelt.exitCode).toBe(2)
    expect(misspelt.stderr).toMatch(
      /^Error: Unknown command 'lisst'[\s\S]*Did you mean list[\s\S]*See: h2o app --help\n$/,
    )
    Object.assign(shell.env, { H2O_TOKEN: 'wave_x', H2O_ENDPOINT: 'ftp://store' })
    expect(await shell.h2o('app', 'list')).toMatchObject({ exitCode: 2 })
    await mkdir(join(shell.home, '.h2oai'))
    await shell.write(settingsFile, 'Endpoint = \n')
    expect(await shell.h2o('app', 'list')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`${settingsFile}:1:`),
    })
  })

  it.each([
    ['nobody answers', null, /^Error: Nobody answers at \S+: the store is not running there\.\nSee which/],
    ['a proxy shows a page', [502, 'text/html', '<html>Bad gateway</html>'], /^Error: .*status 502.*\nSee which/],
    [
      'a proxy shows a page and calls it a success',
      [200, 'text/html', '<html>Welcome</html>'],
      /^Error: .*status 200.*/,
    ],
    ['another service answers', [200, 'application/json', '{"items":3}'], /^Error: .*status 200.*/],
  ] as const)('is told in one line when %s', async (_, answer, message) => {
    await using shell = await Shell.of(store.origin, dana)
    await using other = await answering((_request: unknown, response: ServerResponse) => {
      if (answer) response.writeHead(answer[0], { 'content-type': answer[1] }).end(answer[2])
      else response.destroy()
    })
    Object.assign(shell.env, { H2O_ENDPOINT: answer ? other.origin : `http://127.0.0.1:${await freePort()}` })
    const ended = await shell.h2o('app', 'list')
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' })
    expect(ended.stderr).toMatch(message)
  })

  it('is told when a store takes too long', async () => {
    await using shell = await Shell.of(store.origin, dana)
    await using slow = await answering(() => {})
    Object.assign(shell.env, { H2O_ENDPOINT: slow.origin })
    const ended = await shell.h2o('--request-timeout', '0.5', 'app', 'list')
    expect(ended).toMatchObject({ exitCode: 1 })
    expect(ended.stderr).toMatch(/did not answer in time.*\n.*--request-timeout/)
  })

  it('is told before anything is kept when what is set up is no store', async () => {
    await using shell = await Shell.open()
    await using other = await answering((_request: unknown, response: ServerResponse) => {
      response.end('<html>hello</html>')
    })
    const ended = await shell.h2o('config', 'setup', '--endpoint', other.origin)
    expect(ended.stderr).toMatch(/is no Wave App Store\.\n/)
    await expect(stat(join(shell.home, settingsFile))).rejects.toThrow()
  })
})

describe('lists and objects', () => {
  it('have the columns and labels of the guide, in text, JSON and YAML, in a pipe and on a terminal', async () => {
    const bundle = await demoBundle({
      name: 'peak',
      version: '0.1.2',
      app: 'Title = "Peak"\nCategory = "Healthcare"\nDescription = "Forecast of spread"',
    })
    const { id } = await dana.importBundle(bundle)
    await using shell = await Shell.of(store.origin, dana)
    expect(cells(await shell.read('app', 'list', '-a'))).toEqual([
      ['ID', 'TITLE', 'OWNER', 'CREATED', 'CATEGORY', 'VISIBILITY', 'TAGS'],
      [id, 'Peak 0.1.2', expect.stringContaining('@'), expect.stringMatching(/^\d+s$/), 'Healthcare', 'PRIVATE'],
    ])
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000 UTC$/)
    const fields = cells(await shell.read('app', 'get', id))
    expect(fields).toEqual([
      ['ID', id],
      ['Title', 'Peak'],
      ['Version', '0.1.2'],
      ['Category', 'Healthcare'],
      ['Created At', instant],
      ['Updated At', instant],
      ['Owner', expect.stringContaining('@')],
      ['Visibility', 'PRIVATE'],
      ['Description', 'Forecast of spread'],
      ['Tags'],
    ])
    expect((await shell.json<{ id: string }[]>('app', 'list'))[0]?.id).toBe(id)
    expect(await shell.read('app', 'get', id, '-o', 'yaml')).toMatch(new RegExp(`^id: ${id}$`, 'm'))
    const terminal = await shell.onTerminal('app', 'get', id).ended
    expect(terminal.exitCode).toBe(0)
    expect(cells(terminal.stdout)).toEqual(fields)
    const scripts = `h2o app list | awk 'NR==2{print $1}'; h2o app get ${id} | awk '/^ID/ {print $2}'`
    expect((await shell.sh(scripts)).stdout).toBe(`${id}\n${id}\n`)
    expect(await shell.sh('h2o app list | head -1')).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('are narrowed by name and newest version, and are empty without being a failure', async () => {
    await using shell = await Shell.of(store.origin, dana)
    for (const version of ['1.9.0', '1.10.0']) await dana.importBundle(await demoBundle({ name: 'many', version }))
    const versions = async (...args: string[]) =>
      (await shell.json<{ version: string }[]>('app', 'list', '--name', 'many', ...args)).map((app) => app.version)
    expect((await versions()).sort()).toEqual(['1.10.0', '1.9.0'])
    expect(await versions('-l')).toEqual(['1.10.0'])
    expect(cells(await shell.read('app', 'list', '--name', 'none'))).toHaveLength(1)
  })
})

describe('version', () => {
  it('says client and server, and only the client where there is no store', async () => {
    await using shell = await Shell.of(store.origin, dana)
    const [client, server] = cells(await shell.read('version'))
    expect(client).toEqual(['Client', expect.stringMatching(/^\d+\.\d+\.\d+/)])
    expect(server).toEqual(['Server', expect.stringMatching(/^\d+\.\d+\.\d+/)])
    await using nowhere = await Shell.open()
    const alone = await nowhere.h2o('version')
    expect(cells(alone.stdout)).toEqual([client, ['Server', 'not known']])
    expect(alone.exitCode).toBe(0)
  })
})
