import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { eventually } from '@wave-store/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TestPerson } from '../../apps/server/src/testing/test-store.ts'
import { type LiveStore, startLiveStore } from '../live/live-store.ts'
import { cells, Shell } from './h2o.ts'

let live: LiveStore
let dana: TestPerson
let shell: Shell
beforeAll(async () => {
  live = await startLiveStore({ WAVE_STORE_BUNDLE_MAX_BYTES: '1Mi' })
  dana = await live.store.as('dana')
})
afterAll(() => live[Symbol.asyncDispose]())
beforeEach(async () => {
  shell = await Shell.of(live.store.origin, dana)
})
afterEach(() => shell[Symbol.asyncDispose]())

const manifest = (name: string, version = '0.1.2') =>
  `[App]\nName = "${name}"\nVersion = "${version}"\nTitle = "Peak"\nCategory = "Healthcare"\nDescription = "Forecast of spread"\n\n[Runtime]\nAppMode = "python"\nModule = "app"\nPort = 8000\n`

async function writeApp(name: string, version?: string): Promise<void> {
  await shell.write('app.toml', manifest(name, version))
  await shell.write('app.py', 'print("hello")\n')
}

const versionsOf = async (name: string) =>
  (await dana.client.listApps({ query: { scope: 'mine', name } })).items.map((app) => app.version)

describe('h2o bundle', () => {
  it('packs the working directory without what no bundle needs, the same bytes each time', async () => {
    await writeApp('packed')
    await shell.write('.appignore', 'notes/\n')
    for (const folder of ['notes', '.git', 'myenv']) await mkdir(join(shell.home, folder))
    for (const file of ['notes/a', '.git/HEAD', 'myenv/pyvenv.cfg', 'h2o-cli-config.toml', 'run.pyc'])
      await shell.write(file, 'x')
    const fields = cells(await shell.read('bundle'))
    expect(fields).toEqual([
      ['File', 'packed.0.1.2.wave'],
      ['Name', 'packed'],
      ['Version', '0.1.2'],
      ['Size', expect.stringMatching(/^\d+ B$/)],
      ['Entries', '2'],
    ])
    const first = await readFile(join(shell.home, 'packed.0.1.2.wave'))
    await shell.read('bundle', '--file', 'again.zip')
    expect((await readFile(join(shell.home, 'again.zip'))).equals(first)).toBe(true)
    expect(cells(await shell.read('app', 'inspect', 'again.zip'))[0]).toEqual(['Name', 'packed'])
  })

  it('tells everything that is wrong at once, warns of credentials, and leaves nothing behind', async () => {
    await shell.write('app.toml', '[App]\nName = "a b"\n\n[Runtime]\nModule = "app"\n')
    await shell.write('.env', 'PASSWORD=1')
    const before = await readdir(shell.home)
    const ended = await shell.h2o('bundle')
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' })
    expect(ended.stderr).toMatch(/Warning: .*\.env.* looks like credentials/)
    expect(ended.stderr).toMatch(/app\.toml:2.*Name/)
    expect(ended.stderr).toMatch(/Version/)
    expect(await readdir(shell.home)).toEqual(before)
    expect((await shell.h2o('bundle', 'nowhere')).stderr).toMatch(/there is no such file/)
    expect((await shell.h2o('app', 'inspect', '.')).exitCode).toBe(1)
  })

  it('packs links within the folder, and refuses those that lead out of it, and strange names', async () => {
    await writeApp('linked')
    await symlink('app.py', join(shell.home, 'other.py'))
    expect((await shell.h2o('bundle')).exitCode).toBe(0)
    await symlink('/etc/passwd', join(shell.home, 'passwd'))
    expect(await shell.h2o('bundle')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('passwd') })
    await rm(join(shell.home, 'passwd'))
    await shell.write('back\\slash', '')
    expect(await shell.h2o('bundle')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no backslash') })
  })
})

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000 UTC$/)

function appBlock(version: unknown, visibility: string) {
  return [
    ['ID', expect.any(String)],
    ['Title', 'Peak'],
    ['Version', version],
    ['Category', 'Healthcare'],
    ['Created At', instant],
    ['Updated At', instant],
    ['Owner', expect.stringContaining('@')],
    ['Visibility', visibility],
    ['Description', 'Forecast of spread'],
    ['Tags'],
  ]
}

describe('h2o bundle import', () => {
  it('prints the block of the guide, and refuses the same version twice', async () => {
    await writeApp('imported')
    expect(cells(await shell.read('bundle', 'import', '-v', 'ALL_USERS'))).toEqual(appBlock('0.1.2', 'ALL_USERS'))
    const again = await shell.h2o('bundle', 'import')
    expect(again).toMatchObject({ exitCode: 1, stdout: '' })
    expect(again.stderr).toMatch(/0\.1\.2/)
    expect(cells(await shell.read('bundle', 'import', '-g'))).toEqual(
      appBlock(expect.stringMatching(/^0\.1\.2-\d{14}$/), 'PRIVATE'),
    )
    expect(await readFile(join(shell.home, 'app.toml'), 'utf8')).toBe(manifest('imported'))
    await shell.read('bundle', '--file', 'made.wave')
    expect((await shell.h2o('app', 'import', 'made.wave')).exitCode).toBe(1)
  })

  it('shows a bar on a terminal, and says why where the store takes no more', async () => {
    await writeApp('large')
    await shell.write('data.bin', Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 7919) % 251)))
    const terminal = await shell.onTerminal('bundle', 'import').ended
    expect(terminal.stdout).toMatch(/Uploading \[#+\] 100 %/)
    const { randomBytes } = await import('node:crypto')
    await shell.write('data.bin', randomBytes(3 << 20))
    const refused = await shell.h2o('bundle', 'import', '-g')
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^Error: The bundle is larger than/)
    expect(await versionsOf('large')).toEqual(['0.1.2'])
  })

  it('that breaks off says so, and leaves nothing behind', async () => {
    await writeApp('cut.off')
    const server = createServer((socket) => {
      socket.once('data', (data) => {
        if (data.includes('GET /api/session')) socket.destroy()
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    shell.env.H2O_ENDPOINT = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const ended = await shell.h2o('bundle', 'import')
    server.close()
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' })
    expect(ended.stderr).toMatch(/broke off/)
  })
})

describe('h2o bundle deploy', () => {
  it('prints both blocks of the guide, as scripts read them', async () => {
    await writeApp('deployed')
    const lines = cells(await shell.read('bundle', 'deploy'))
    expect(lines.slice(0, 10)).toEqual(appBlock(expect.stringMatching(/^0\.1\.2-\d{14}$/), 'PRIVATE'))
    expect(lines.slice(10)).toEqual([
      ['ID', expect.any(String)],
      ['URL', expect.stringContaining(lines[10]?.[1] ?? '?')],
    ])
    await writeApp('deployed', '0.2.0')
    const { stdout } = await shell.sh(`h2o bundle deploy | awk '/^ID/ {print $2} /^URL/ {print $2}'`)
    expect(stdout.trim().split('\n')).toHaveLength(3)
    const { app, instance } = await (async () => {
      await writeApp('deployed', '0.3.0')
      return shell.json<{ app: { version: string }; instance: { id: string } }>('bundle', 'deploy')
    })()
    expect(app.version).toMatch(/^0\.3\.0-/)
    expect(instance.id).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('h2o bundle test', () => {
  it('follows the log, and cleans up after Ctrl-C', async () => {
    await writeApp('tried')
    const trying = shell.start('bundle', 'test')
    const id = await eventually(() => {
      const found = [...trying.stdout().matchAll(/^ID +(\S+)$/gm)][1]?.[1]
      if (!found) throw new Error(trying.stderr())
      return found
    })
    await dana.deployed(id)
    live.runtime.print(id, 'hello from the app\n')
    await eventually(() => expect(trying.stdout()).toContain('hello from the app'))
    trying.interrupt()
    expect(await trying.ended).toMatchObject({ exitCode: 0 })
    expect(await versionsOf('tried')).toEqual([])
  })

  it('ends with the cause when the app fails, and cleans up', async () => {
    await writeApp('fails')
    live.behaviours.set('fails', {
      phase: 'exited',
      exit: { reason: 'import_error', message: 'No x.', code: 1 },
    } as never)
    const ended = await shell.h2o('bundle', 'test')
    expect(ended.exitCode).toBe(1)
    expect(ended.stderr).toMatch(/Error: No x\.\n/)
    expect(await versionsOf('fails')).toEqual([])
  })
})

describe('h2o bundle init', () => {
  it('makes an app that imports as it is, and overwrites nothing', async () => {
    await shell.read('bundle', 'init', 'sales-radar')
    expect(cells(await shell.read('bundle', 'import', 'sales-radar'))).toEqual(
      expect.arrayContaining([
        ['Title', 'Sales radar'],
        ['Version', '0.1.0'],
      ]),
    )
    expect(await shell.h2o('bundle', 'init', 'sales-radar')).toMatchObject({ exitCode: 1 })
    expect(await shell.h2o('bundle', 'init', 'a b')).toMatchObject({ exitCode: 1 })
    await expect(readdir(join(shell.home, 'a b'))).rejects.toThrow()
  })
})

describe('h2o app', () => {
  it('fetches a bundle, or its files, and tells what it says', async () => {
    await writeApp('fetched')
    await shell.write('requirements.txt', 'requests\n')
    await shell.write('packages.txt', 'libgomp1\n')
    await mkdir(join(shell.home, 'static'))
    await shell.write('static/style.css', 'body {}')
    const [[, id = '']] = cells(await shell.read('bundle', 'import')) as [[string, string]]
    await shell.read('bundle', '--file', 'made.wave')
    await shell.read('app', 'download', id, '--file', 'got.wave')
    const read = (path: string) => readFile(join(shell.home, path))
    expect((await read('got.wave')).equals(await read('made.wave'))).toBe(true)
    await shell.read('app', 'download', id, '--extract', 'files')
    expect((await read('files/static/style.css')).toString()).toBe('body {}')
    expect(await shell.h2o('app', 'download', id, '--extract', 'files')).toMatchObject({ exitCode: 1 })
    expect(await shell.read('app', 'meta', id)).toBe(manifest('fetched'))
    expect(await shell.read('app', 'meta', id, '-t', 'REQUIREMENTS')).toBe('requests\n')
    expect(await shell.read('app', 'meta', id, '-t', 'PACKAGES')).toBe('libgomp1\n')
    expect(cells(await shell.read('app', 'meta', id, '-t', 'FILES'))).toContainEqual(['7', 'static/style.css'])
  })
})
