import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually, freePort } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../../apps/server/src/testing/demo-bundle.ts'
import { startTestStore, type TestPerson } from '../../apps/server/src/testing/test-store.ts'
import { type LiveStore, startLiveStore } from '../live/live-store.ts'
import { cells, type Running, Shell } from './h2o.ts'

let live: LiveStore
let dana: TestPerson
let shell: Shell
beforeAll(async () => {
  live = await startLiveStore()
  dana = await live.store.as('dana')
  shell = await Shell.of(live.store.origin, dana)
})
afterAll(async () => {
  await shell[Symbol.asyncDispose]()
  await live[Symbol.asyncDispose]()
})

async function imported(name: string, version = '1.0.0'): Promise<string> {
  return (await dana.importBundle(await demoBundle({ name, version, app: 'Title = "Demo"' }))).id
}

const uuid = /^[0-9a-f-]{36}$/

describe('app run', () => {
  it('prints ID and URL at once, as scripts read them', async () => {
    const appId = await imported('run.me')
    const lines = cells(await shell.read('app', 'run', appId, '-v', 'ALL_USERS'))
    expect(lines).toEqual([
      ['ID', expect.stringMatching(uuid)],
      ['URL', expect.stringContaining(lines[0]?.[1] ?? '?')],
    ])
    const { stdout } = await shell.sh(`h2o app run ${appId} | awk '/^URL/ {print $2}'`)
    expect(stdout).toMatch(/^http:\/\/[0-9a-f-]{36}\.\S+\n$/)
    const { visibility } = await dana.client.getInstance({ params: { instanceId: lines[0]![1]! } })
    expect(visibility).toBe('ALL_USERS')
  })

  it('waits on request: until it runs, or until it is known why not', async () => {
    expect(await shell.h2o('app', 'run', '--wait', await imported('comes.up'))).toMatchObject({ exitCode: 0 })
    live.behaviours.set('breaks.down', {
      phase: 'exited',
      exit: { reason: 'dependency_failed', message: 'No package is called nowhere-to-be-found.', code: 1 },
    } as never)
    const failed = await shell.h2o('app', 'run', '--wait', await imported('breaks.down'))
    expect(failed.exitCode).toBe(1)
    expect(failed.stdout).toMatch(/^ID +\S+\nURL +\S+\n$/)
    expect(failed.stderr).toMatch(
      /Error: No package is called nowhere-to-be-found\.\n.*requirements\.txt.*\nIts log: h2o instance logs \S+\n$/,
    )
  })

  it('tells what is wrong with an id, and what there is no app of', async () => {
    const nothing = await shell.h2o('app', 'run', '00000000-0000-4000-8000-000000000000')
    expect(nothing).toMatchObject({ exitCode: 1, stdout: '' })
    expect(nothing.stderr).toMatch(/^Error: .*\nLook it up with: h2o app list -a/)
    expect((await shell.h2o('app', 'run', 'no-id')).exitCode).toBe(1)
    expect((await shell.h2o('app', 'run')).exitCode).toBe(2)
  })
})

describe('app update and delete', () => {
  it('change who sees a version, and delete superseded ones after they were shown', async () => {
    const ids = [await imported('old', '1.0.0'), await imported('old', '1.1.0'), await imported('old', '2.0.0')]
    expect(cells(await shell.read('app', 'update', ids[2]!, '-v', 'ALL_USERS'))).toContainEqual([
      'Visibility',
      'ALL_USERS',
    ])
    expect((await shell.h2o('app', 'update', ids[2]!, '-v', 'EVERYBODY')).exitCode).toBe(2)
    const visibilityOf = async (id: string) =>
      cells(await shell.read('app', 'get', id)).find(([l]) => l === 'Visibility')?.[1]
    await shell.read('app', 'promote', ids[0]!)
    expect(await Promise.all([ids[0]!, ids[2]!].map(visibilityOf))).toEqual(['ALL_USERS', 'PRIVATE'])
    await shell.read('app', 'promote', ids[2]!)
    const names = async () => (await shell.json<{ version: string }[]>('app', 'list', '--name', 'old')).length
    const shown = cells(await shell.read('app', 'delete', '--older-than', '0s', '--dry-run'))
    expect(shown.filter(([, title]) => title === 'Demo 1.0.0' || title === 'Demo 1.1.0')).not.toEqual([])
    expect(shown.map(([id]) => id)).not.toContain(ids[2])
    expect(await names()).toBe(3)
    expect(await shell.h2o('app', 'delete', ids[0]!, ids[1]!)).toMatchObject({ exitCode: 2 })
    expect(await names()).toBe(3)
    await shell.read('app', 'delete', '--yes', ids[0]!, ids[1]!)
    expect(await names()).toBe(1)
    await dana.client.launchInstance({ body: { appId: ids[2]! } })
    const inUse = await shell.h2o('app', 'delete', ids[2]!)
    expect(inUse.exitCode).toBe(1)
    expect(inUse.stderr).toMatch(/h2o instance list/)
  })
})

describe('instances', () => {
  it('are listed, shown, put to sleep, woken, restarted and changed', async () => {
    const appId = await imported('looked.after')
    const id = (await live.launch(dana, { name: 'sleeps', title: 'Sleeper' })).id
    await dana.deployed(id)
    const [heading, ...rows] = cells(await shell.read('instance', 'list'))
    expect(heading).toEqual(['ID', 'TITLE', 'OWNER', 'CREATED', 'STATUS', 'VISIBILITY', 'URL'])
    expect(rows.find(([cell]) => cell === id)).toEqual([
      id,
      'Sleeper 1.0.0',
      expect.stringContaining('@'),
      expect.stringMatching(/^\d+s$/),
      'DEPLOYED',
      'PRIVATE',
      expect.stringContaining(id),
    ])
    expect(cells(await shell.read('instance', 'list', appId))).toHaveLength(1)
    const labels = cells(await shell.read('instance', 'get', id)).map(([label]) => label)
    expect(labels.slice(0, 5)).toEqual(['ID', 'Title', 'Version', 'App ID', 'Status'])
    await shell.read('instance', 'suspend', id)
    await eventually(async () =>
      expect(cells(await shell.read('instance', 'status', id))).toEqual(
        expect.arrayContaining([
          ['Status', 'SUSPENDED'],
          ['Cause', 'Suspended by its owner.'],
        ]),
      ),
    )
    await shell.read('instance', 'resume', id)
    await dana.deployed(id)
    await shell.read('instance', 'restart', id)
    expect(cells(await shell.read('instance', 'update', id, '-v', 'ALL_USERS'))).toContainEqual([
      'Visibility',
      'ALL_USERS',
    ])
  })

  it('of others are seen with -a by who may', async () => {
    const { id } = await live.launch(dana, { name: 'of.dana' })
    await using admin = await Shell.of(live.store.origin, await live.store.as('admin'))
    await using uri = await Shell.of(live.store.origin, await live.store.as('uri'))
    const seen = async (whose: Shell) =>
      (await whose.json<{ id: string }[]>('instance', 'list', '-a')).map((one) => one.id)
    expect(await seen(admin)).toContain(id)
    expect(await seen(uri)).not.toContain(id)
    expect(await uri.h2o('instance', 'get', id)).toMatchObject({ exitCode: 1 })
    await dana.client.updateInstance({ params: { instanceId: id }, body: { visibility: 'ALL_USERS' } })
    expect(await seen(uri)).toContain(id)
  })

  it('are terminated one by one, several at once, or those that have stopped, after a question', async () => {
    const launch = async (name: string) => (await live.launch(dana, { name })).id
    const ids = [await launch('end.1'), await launch('end.2'), await launch('end.3')]
    const left = async () => (await dana.client.listInstances({ query: {} })).items.map((one) => one.id)
    await shell.read('instance', 'terminate', ids[0]!)
    await eventually(async () => expect(await left()).not.toContain(ids[0]))
    const asked = await shell.h2o('instance', 'terminate', ids[1]!, ids[2]!)
    expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') })
    expect(await shell.h2o('instance', 'terminate')).toMatchObject({ exitCode: 2 })
    await dana.deployed(ids[1]!)
    await shell.read('instance', 'suspend', ids[1]!)
    await eventually(async () => expect(await shell.read('instance', 'status', ids[1]!)).toContain('SUSPENDED'))
    const stopped = cells(await shell.read('instance', 'terminate', '--all-stopped', '--dry-run')).map(([id]) => id)
    expect(stopped).toContain(ids[1])
    expect(stopped).not.toContain(ids[2])
    const refusing = shell.onTerminal('instance', 'terminate', ids[1]!, ids[2]!)
    await eventually(() => expect(refusing.stdout()).toContain('(y/N)'))
    refusing.type('n\n')
    expect((await refusing.ended).exitCode).toBe(3)
    expect(await left()).toEqual(expect.arrayContaining([ids[1], ids[2]]))
    await shell.read('instance', 'terminate', '--yes', ids[1]!, ids[2]!)
    await eventually(async () => expect(await left()).not.toContain(ids[2]))
  })
})

describe('instance logs', () => {
  async function printed(reading: Running, text: string) {
    await eventually(() => {
      if (!reading.stdout().includes(text)) throw new Error(`${reading.stdout()}${reading.stderr()}`)
    })
  }

  it('print what was written, and of the process before', async () => {
    const { id } = await live.launch(dana, { name: 'writes' })
    await dana.deployed(id)
    live.runtime.print(id, 'first process\n')
    expect(await shell.read('instance', 'logs', id)).toContain('first process\n')
    await dana.client.restartInstance({ params: { instanceId: id } })
    await eventually(() => expect(live.runtime.specOf(id)?.generation).toBe(2))
    expect(await shell.read('instance', 'logs', id)).not.toContain('first process\n')
    expect(await shell.read('instance', 'logs', '-p', id)).toContain('first process\n')
    expect((await shell.h2o('instance', 'logs', '-f', '-p', id)).exitCode).toBe(2)
  })

  it('follow an instance and a store through restarts, each line once, until the instance is gone', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'logs-follow-'))
    const environment = { WAVE_STORE_PORT: String(await freePort()) }
    const runtime = new InMemoryRuntime({ behaviour: () => ({ phase: 'starting' }) })
    let store = await startTestStore({ dataDir, environment, runtime })
    try {
      const owner = await store.as('dana')
      const { id: appId } = await owner.importBundle(await demoBundle({ name: 'followed' }))
      const { id } = await owner.client.launchInstance({ body: { appId } })
      await eventually(() => expect(runtime.specOf(id)?.generation).toBe(1))
      await using reader = await Shell.of(store.origin, owner)
      const following = reader.start('instance', 'logs', '-f', id)
      const lines: string[] = []
      const write = async (line: string) => {
        lines.push(line)
        runtime.print(id, `${line}\n`)
      }
      await write('one')
      await printed(following, 'one\n')
      await owner.client.restartInstance({ params: { instanceId: id } })
      await eventually(() => expect(runtime.specOf(id)?.generation).toBe(2))
      await write('two')
      await printed(following, 'two\n')

      await store[Symbol.asyncDispose]()
      await write('while it was away')
      store = await startTestStore({ dataDir, environment, runtime })
      await write('after')
      await printed(following, 'after\n')

      await owner.client.terminateInstance({ params: { instanceId: id } })
      const { exitCode, stdout } = await following.ended
      expect(stdout.split('\n').filter((line) => lines.includes(line))).toEqual(lines)
      expect(exitCode).toBe(0)
    } finally {
      await store[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  it('end with Ctrl-C', async () => {
    const { id } = await live.launch(dana, { name: 'interrupted' })
    await dana.deployed(id)
    live.runtime.print(id, 'hello\n')
    const following = shell.start('instance', 'logs', '-f', id)
    await printed(following, 'hello\n')
    following.interrupt()
    expect((await following.ended).exitCode).toBe(3)
  })
})
