import { eventually } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoBundle } from '../../apps/server/src/testing/demo-bundle.ts'
import type { TestPerson } from '../../apps/server/src/testing/test-store.ts'
import { type LiveStore, startLiveStore } from '../live/live-store.ts'
import { cells, Shell } from './h2o.ts'

let live: LiveStore
let dana: TestPerson
let shell: Shell
let admin: Shell
beforeAll(async () => {
  live = await startLiveStore()
  dana = await live.store.as('dana')
  shell = await Shell.of(live.store.origin, dana)
  admin = await Shell.of(live.store.origin, await live.store.as('admin'))
})
afterAll(async () => {
  await shell[Symbol.asyncDispose]()
  await admin[Symbol.asyncDispose]()
  await live[Symbol.asyncDispose]()
})

describe('tags', () => {
  it('are made by administrators, put on, shown, changed, taken off and deleted', async () => {
    const { id } = await dana.importBundle(await demoBundle({ name: 'tagged' }))
    const make = ['tag', 'create', 'beta', '-c', 'ff8800', '-t', 'Beta', '-d', 'Not finished', '-a', 'dev,qa']
    expect(await shell.h2o('admin', ...make)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('no administrator'),
    })
    const made = cells(await admin.read('admin', ...make))
    expect(made).toContainEqual(['Color', '#ff8800'])
    expect(made).toContainEqual(['Admin Roles', 'dev,qa'])
    await admin.read('tag', 'update', 'Beta', '-n', 'preview', '-t', 'Preview', '-a', '', '-v', 'guest')
    expect(cells(await shell.read('tag', 'get', 'preview'))).toEqual(
      expect.arrayContaining([['Title', 'Preview'], ['Admin Roles'], ['Visitor Roles', 'guest']]),
    )
    expect(cells(await shell.read('tag', 'assign', 'preview', id))[1]).toEqual(expect.arrayContaining([id, 'Preview']))
    expect(cells(await shell.read('app', 'list'))[1]?.at(-1)).toBe('Preview')
    expect(cells(await shell.read('tag', 'list'))[0]).toEqual(['ID', 'NAME', 'TITLE', 'COLOR', 'APPS', 'DESCRIPTION'])
    expect(await shell.h2o('tag', 'update', 'preview')).toMatchObject({ exitCode: 2 })
    expect(await shell.h2o('tag', 'get', 'nothing')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('h2o tag list'),
    })
    expect(await admin.h2o('admin', 'tag', 'delete', 'preview')).toMatchObject({ exitCode: 2 })
    await shell.read('tag', 'remove', 'preview', id)
    await admin.read('admin', 'tag', 'delete', 'preview')
    expect(cells(await shell.read('tag', 'list'))).toHaveLength(1)
  })
})

describe('secrets', () => {
  it('are kept from words, files and standard input, and never told again', async () => {
    await shell.write('key.bin', Buffer.from([0, 255, 1]))
    const piped = shell.start(
      'secret',
      'create',
      's3',
      '--from-literal',
      'user=a=b',
      '--from-file',
      'key.bin',
      '--from-file',
      'pin=-',
    )
    piped.type('1234')
    piped.endOfInput()
    const { exitCode, stdout, stderr } = await piped.ended
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).not.toMatch(/a=b|1234/)
    const keys = async () => cells(await shell.read('secret', 'get', 's3')).find(([label]) => label === 'Keys')?.[1]
    expect((await keys())?.split(',').sort()).toEqual(['key.bin', 'pin', 'user'])
    await shell.read('secret', 'update', 's3', '--from-literal', 'user=c', '--remove', 'pin', '-d', 'Bucket')
    expect((await keys())?.split(',').sort()).toEqual(['key.bin', 'user'])
    expect(cells(await shell.read('secret', 'list'))).toEqual([
      ['ID', 'NAME', 'KIND', 'CREATED', 'APPS', 'KEYS'],
      [expect.any(String), 's3', 'own', expect.stringMatching(/^\d+s$/), '0', expect.stringContaining('key.bin')],
    ])
    expect(await shell.h2o('secret', 'create', 'x', '--from-literal', 'novalue')).toMatchObject({ exitCode: 2 })
    expect(await shell.h2o('secret', 'create', 'x', '--from-file', 'k=missing')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('there is no such file'),
    })
    const twice = ['--from-literal', 'k=1', '--from-literal', 'k=2']
    expect(await shell.h2o('secret', 'create', 'x', ...twice)).toMatchObject({ exitCode: 2 })
    await shell.read('secret', 'delete', 's3')
    expect(cells(await shell.read('secret', 'list'))).toHaveLength(1)
  })

  it('that are shared are kept by administrators', async () => {
    await admin.read('admin', 'secret', 'create', 'shared', '--from-literal', 'k=v')
    expect(cells(await shell.read('secret', 'list'))[1]?.slice(1, 3)).toEqual(['shared', 'shared'])
    expect(await shell.h2o('secret', 'delete', 'shared')).toMatchObject({ exitCode: 1 })
    const audience = async () =>
      cells(await admin.read('admin', 'secret', 'get', 'shared')).find(([l]) => l === 'For')?.[1]
    expect(await audience()).toBe('everyone')
    for (const name of ['given.one', 'given.two']) await dana.importBundle(await demoBundle({ name }))
    await admin.read(
      'admin',
      'secret',
      'update',
      'shared',
      '--for-people',
      'dana@example.com',
      '--for-apps',
      'given.one,given.two',
    )
    expect(await audience()).toBe('dana@example.com, given.one, given.two')
    const nobody = await admin.h2o('admin', 'secret', 'update', 'shared', '--for-people', 'Nobody')
    expect([nobody.exitCode, nobody.stderr]).toEqual([1, expect.stringContaining('Nobody called')])
    expect(await admin.h2o('admin', 'secret', 'create', 's', '--for-apps', 'a', '--for-everyone')).toMatchObject({
      exitCode: 2,
    })
    expect(await shell.h2o('secret', 'create', 's', '--for-everyone')).toMatchObject({ exitCode: 2 })
    await admin.read('admin', 'secret', 'delete', 'shared')
    expect(cells(await admin.read('admin', 'secret', 'list'))).toHaveLength(1)
  })
})

describe('aliases', () => {
  it('are given, moved and given back, and seen by administrators', async () => {
    const [first, second] = [await live.launch(dana, { name: 'named.1' }), await live.launch(dana, { name: 'named.2' })]
    expect(cells(await shell.read('alias', 'create', 'sales', first.id))).toEqual(
      expect.arrayContaining([
        ['Name', 'sales'],
        ['Instance', first.id],
        ['Primary', 'yes'],
      ]),
    )
    await shell.read('alias', 'update', 'sales', '-i', second.id)
    const rows = cells(await shell.read('alias', 'list'))
    expect(rows[0]).toEqual(['NAME', 'INSTANCE', 'PRIMARY', 'OWNER', 'CREATED', 'URL'])
    expect(rows[1]?.slice(0, 2)).toEqual(['sales', second.id])
    expect(cells(await shell.read('alias', 'list', first.id))).toHaveLength(1)
    expect(cells(await admin.read('admin', 'alias', 'list'))).toHaveLength(2)
    expect(await shell.h2o('alias', 'create', 'api', first.id)).toMatchObject({ exitCode: 1 })
    await shell.read('alias', 'delete', 'sales')
    expect(cells(await shell.read('alias', 'list'))).toHaveLength(1)
  })
})

describe('administration', () => {
  it('shows everything of everybody', async () => {
    const { id } = await live.launch(dana, { name: 'private.thing' })
    expect((await admin.json<{ name: string }[]>('admin', 'app', 'list')).map(({ name }) => name)).toContain(
      'private.thing',
    )
    expect((await admin.json<{ id: string }[]>('admin', 'instance', 'list')).map((one) => one.id)).toContain(id)
    await admin.read('admin', 'instance', 'terminate', id)
    await eventually(async () => expect(await shell.read('instance', 'list')).not.toContain(id))
  })

  it('is not needed to see the versions of Python that apps can have', async () => {
    expect(cells(await shell.read('env', 'runtime-version', 'list'))).toEqual([
      ['NAME', 'DEFAULT'],
      ['3.11', 'yes'],
    ])
  })
})
