import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { ProblemDetails } from '@wave-store/contract'
import { tinyPng } from '@wave-store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoBundle, demoBundle } from '../testing/demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../testing/test-store.ts'

let store: TestStore
let dana: TestPerson
let uri: TestPerson
let admin: TestPerson
beforeAll(async () => {
  store = await startTestStore({ environment: { WAVE_STORE_BUNDLE_MAX_BYTES: '1Mi' } })
  ;[dana, uri, admin] = await Promise.all([store.as('dana'), store.as('uri'), store.as('admin')])
})
afterAll(() => store[Symbol.asyncDispose]())

const importDemo = async (person: TestPerson, bundle: DemoBundle) => person.importBundle(await demoBundle(bundle))

async function post(
  person: TestPerson,
  body: BodyInit,
  headers: Record<string, string> = { 'content-type': 'application/zip' },
) {
  const response = await person.fetch('/api/apps', { method: 'POST', body, headers })
  return { status: response.status, problem: (await response.json()) as ProblemDetails }
}

const bytes = async (bundle: DemoBundle) => (await demoBundle(bundle)) as Uint8Array<ArrayBuffer>

async function storedBlobs(): Promise<number> {
  const root = join(store.dataDir, 'bundles', 'blobs')
  return (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length
}

describe('an import', () => {
  it('gives a PRIVATE app that only its owner and admins see', async () => {
    const app = await importDemo(dana, {
      name: 'import.private',
      app: 'Title = "Private demo"\nDescription = "What it does"',
    })
    expect(app).toMatchObject({ title: 'Private demo', visibility: 'PRIVATE', owner: { name: 'Dana Developer' } })
    expect(app.can).toEqual({ launch: true, update: true, delete: true, download: true, transfer: false })
    await expect(uri.client.getApp({ params: { appId: app.id } })).rejects.toMatchObject({ code: 'not_found' })
    expect(await admin.client.getApp({ params: { appId: app.id } })).toMatchObject({
      can: { update: true, launch: false },
    })
  })

  it('keeps the bundle byte for byte', async () => {
    const bundle = await bytes({ name: 'import.bytes' })
    const app = await dana.importBundle(bundle)
    const download = await dana.fetch(`/api/apps/${app.id}/bundle`)
    expect(Buffer.from(await download.arrayBuffer()).equals(bundle)).toBe(true)
    expect(download.headers.get('content-disposition')).toContain('import.bytes.1.0.0.wave')
  })

  it('tells which files a bundle has, with a sum by which versions can be compared', async () => {
    const app = await dana.importBundle(await bytes({ name: 'import.files', files: { 'b/c.txt': 'abc', 'a.txt': '' } }))
    const { items } = await dana.client.listAppFiles({ params: { appId: app.id } })
    expect(items.map(({ path }) => path)).toEqual(expect.arrayContaining(['a.txt', 'app.toml', 'b/c.txt']))
    expect(items).toEqual(items.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
    expect(items).toContainEqual({ path: 'b/c.txt', kind: 'file', sizeBytes: 3, crc32: crc32('abc') })
  })

  it('refuses a second version of equal rank and leaves the first as it is', async () => {
    const first = await importDemo(dana, { name: 'import.twice', version: '1.0.0+a' })
    const second = await post(dana, await bytes({ name: 'import.twice', version: '1.0.0+b' }))
    expect(second).toMatchObject({ status: 409, problem: { code: 'conflict' } })
    expect(await dana.client.getApp({ params: { appId: first.id } })).toMatchObject({ version: '1.0.0+a' })
  })

  it('lets one of two at the same moment through', async () => {
    const bundle = await bytes({ name: 'import.race' })
    const answers = await Promise.all([post(dana, bundle), post(dana, bundle)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
    const won = answers.find((answer) => answer.status === 201)!.problem as unknown as { id: string }
    expect((await dana.fetch(`/api/apps/${won.id}/bundle`)).status).toBe(200)
  })

  it('keeps a name for who imported it first', async () => {
    await importDemo(dana, { name: 'import.owned' })
    const other = await post(uri, await bytes({ name: 'import.owned', version: '2.0.0' }))
    expect(other).toMatchObject({ status: 403, problem: { code: 'forbidden' } })
  })

  it('tells every problem of a manifest with its line, and keeps nothing', async () => {
    const before = await storedBlobs()
    const { status, problem } = await post(
      dana,
      await bytes({ name: 'import.bad', version: 'one', runtime: 'MemoryLimit = "lots"' }),
    )
    expect(status).toBe(422)
    expect(problem.code).toBe('invalid_bundle')
    const places = problem.problems
      .filter((one) => one.severity === 'error')
      .map(({ place }) => [place.key, place.line])
    expect(places).toEqual(
      expect.arrayContaining([
        ['Version', 3],
        ['MemoryLimit', 7],
      ]),
    )
    expect(places.map(([key]) => key)).toContain('Module')
    expect(await storedBlobs()).toBe(before)
  })

  it('refuses what is no zip', async () => {
    expect(await post(dana, 'just text')).toMatchObject({ status: 422, problem: { code: 'invalid_bundle' } })
  })

  it('refuses another content type and says which one to send', async () => {
    const answer = await post(dana, '{}', { 'content-type': 'application/json' })
    expect(answer).toMatchObject({ status: 415, problem: { code: 'unsupported_media_type' } })
    expect(answer.problem.detail).toContain('application/zip')
  })

  it('refuses a bundle over the limit, announced or not', async () => {
    const large = new Uint8Array(2 ** 20 + 1)
    expect(await post(dana, large)).toMatchObject({ status: 413, problem: { code: 'too_large' } })
    const stream = new Blob([large]).stream()
    const streamed = await dana.fetch('/api/apps', {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'content-type': 'application/zip' },
    } as RequestInit)
    expect(streamed.status).toBe(413)
  })

  it('keeps nothing of an upload that was cut in the middle', async () => {
    const cut = new AbortController()
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(1000))
      },
      pull() {
        cut.abort()
      },
    })
    const headers = { 'content-type': 'application/zip' }
    const upload = dana.fetch('/api/apps', {
      method: 'POST',
      body,
      duplex: 'half',
      signal: cut.signal,
      headers,
    } as RequestInit)
    await expect(upload).rejects.toThrow()
    await expect.poll(() => readdir(join(store.dataDir, 'bundles', 'staging'))).toEqual([])
  })
})

describe('a full disk', () => {
  const isRoot = process.getuid?.() === 0
  it.skipIf(!isRoot)('refuses the upload, says so, and loses nothing (needs root to mount a small disk)', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'small-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', dataDir])
    try {
      await using full = await startTestStore({ dataDir })
      const owner = await full.as('dana')
      const kept = await owner.importBundle(await demoBundle({ name: 'kept' }))
      const large = await demoBundle({ name: 'large', files: { 'data.bin': randomBytes(7 * 2 ** 20) } })
      expect(await post(owner, large as Uint8Array<ArrayBuffer>)).toMatchObject({
        status: 507,
        problem: { code: 'disk_full' },
      })
      const picture = Buffer.concat([tinyPng, randomBytes(2 ** 16), Buffer.alloc(2 ** 21)])
      const pictures = Object.fromEntries([1, 2, 3, 4].map((number) => [`static/screenshot-${number}.png`, picture]))
      const unpacked = await demoBundle({ name: 'pictures', files: { ...pictures, 'data.bin': randomBytes(2 ** 20) } })
      expect(await post(owner, unpacked as Uint8Array<ArrayBuffer>)).toMatchObject({ status: 507 })
      expect(await readdir(join(dataDir, 'bundles', 'staging'))).toEqual([])
      expect((await owner.client.listApps({ query: { scope: 'mine' } })).items.map((app) => app.name)).toEqual(['kept'])
      expect((await owner.fetch(`/api/apps/${kept.id}/bundle`)).status).toBe(200)
      expect((await owner.importBundle(await demoBundle({ name: 'small' }))).name).toBe('small')
    } finally {
      execFileSync('umount', [dataDir])
      await rmdir(dataDir)
    }
  })
})

describe('the Catalog', () => {
  it('shows a name once, by its newest version that is listed, to everybody', async () => {
    const [v1, v2, v10] = [
      await importDemo(dana, { name: 'listed.app', version: '1.0.0', app: 'Title = "Listed one"' }),
      await importDemo(dana, { name: 'listed.app', version: '2.0.0', app: 'Title = "Listed two"' }),
      await importDemo(dana, { name: 'listed.app', version: '10.0.0', app: 'Title = "Listed ten"' }),
    ]
    const seen = async () =>
      (await uri.client.listApps({ query: { search: 'listed.app' } })).items.map((app) => app.title)
    expect(await seen()).toEqual([])
    for (const app of [v1, v2])
      await dana.client.updateApp({ params: { appId: app.id }, body: { visibility: 'ALL_USERS' } })
    expect(await seen()).toEqual(['Listed two'])
    await dana.client.updateApp({ params: { appId: v10.id }, body: { visibility: 'ALL_USERS' } })
    expect(await seen()).toEqual(['Listed ten'])
    await dana.client.updateApp({ params: { appId: v10.id }, body: { visibility: 'PRIVATE' } })
    expect(await seen()).toEqual(['Listed two'])
    const details = await uri.client.getApp({ params: { appId: v2.id } })
    expect(details.versions.map((one) => one.version)).toEqual(['2.0.0', '1.0.0'])
  })

  it('finds by every word of title, name, description and keywords, and counts by category', async () => {
    const app = await importDemo(dana, {
      name: 'searchable',
      app: 'Title = "Churn 100% radar"\nCategory = "Sales"\nKeywords = ["retention"]\nDescription = "Finds who leaves"',
    })
    await dana.client.updateApp({ params: { appId: app.id }, body: { visibility: 'ALL_USERS' } })
    const titles = async (search: string) =>
      (await uri.client.listApps({ query: { search } })).items.map((one) => one.title)
    expect(await titles('RETENTION leaves')).toEqual(['Churn 100% radar'])
    expect(await titles('100%')).toEqual(['Churn 100% radar'])
    expect(await titles('1_0')).toEqual([])
    expect(await titles("'; drop table app; --")).toEqual([])
    const sales = await uri.client.listApps({ query: { category: 'Sales' } })
    expect(sales).toMatchObject({ total: 1, items: [{ title: 'Churn 100% radar' }] })
    expect(sales.categories).toContainEqual({ category: 'Sales', count: 1 })
  })

  it('knows at once which apps there are, and how their tags are called', async () => {
    const app = await importDemo(dana, { name: 'followed', app: 'Title = "Zebra counter"' })
    await dana.client.updateApp({ params: { appId: app.id }, body: { visibility: 'ALL_USERS' } })
    const found = async (search: string) =>
      (await uri.client.listApps({ query: { search } })).items.map((one) => one.title)
    const roles = { adminRoles: [], visitorRoles: [] }
    const tag = await admin.client.createTag({
      body: { name: 'followed', title: 'Gold', color: '#aabbcc', description: '', isCategory: false, ...roles },
    })
    await admin.client.assignTag({ params: { appId: app.id, tagId: tag.id } })
    expect(await found('zebra gold')).toEqual(['Zebra counter'])
    await admin.client.updateTag({ params: { tagId: tag.id }, body: { title: 'Silver' } })
    expect([await found('zebra gold'), await found('zebra silver')]).toEqual([[], ['Zebra counter']])
    await admin.client.deleteTag({ params: { tagId: tag.id } })
    expect(await found('zebra silver')).toEqual([])
    await dana.client.deleteApp({ params: { appId: app.id } })
    expect(await found('zebra')).toEqual([])
  })

  it('narrows down to one owner, my own, and what I run, and puts first what is launched most', async () => {
    for (const [person, name] of [
      [dana, 'narrow.a'],
      [uri, 'narrow.b'],
      [uri, 'narrow.c'],
    ] as const) {
      const app = await importDemo(person, { name, app: 'Title = "Narrow one"' })
      await person.client.updateApp({ params: { appId: app.id }, body: { visibility: 'ALL_USERS' } })
    }
    type Query = NonNullable<Parameters<typeof uri.client.listApps>[0]>['query']
    const names = async (query: Query) =>
      (await uri.client.listApps({ query: { search: 'narrow', sort: 'newest', ...query } })).items.map(
        ({ name }) => name,
      )
    expect(await names({})).toEqual(['narrow.c', 'narrow.b', 'narrow.a'])
    expect(await names({ mine: 'true' })).toEqual(['narrow.c', 'narrow.b'])
    const [danas] = (await dana.client.listApps({ query: { name: 'narrow.a' } })).items
    expect(await names({ owner: danas!.owner.id })).toEqual(['narrow.a'])
    expect(await names({ owner: danas!.owner.id, mine: 'true' })).toEqual([])
    expect(await names({ running: 'true' })).toEqual([])
    await uri.client.launchInstance({ body: { appId: danas!.id } })
    expect(await names({ running: 'true' })).toEqual(['narrow.a'])
    expect(await names({ sort: 'launched' })).toEqual(['narrow.a', 'narrow.c', 'narrow.b'])
  })

  it('shows its owner every version under My Apps', async () => {
    await importDemo(uri, { name: 'mine', version: '1.0.0' })
    await importDemo(uri, { name: 'mine', version: '1.1.0' })
    const { items } = await uri.client.listApps({ query: { scope: 'mine', name: 'mine' } })
    expect(items.map((app) => app.version).sort()).toEqual(['1.0.0', '1.1.0'])
  })

  it('has every version that may be launched under one roof, and everybody’s for administrators alone', async () => {
    const versions = ['1.0.0', '2.0.0', '3.0.0-rc.1']
    for (const version of versions) {
      const { id: appId } = await importDemo(dana, { name: 'roofed', version })
      if (version !== '2.0.0') await dana.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
    }
    const seen = async (person: TestPerson, scope: 'available' | 'all') =>
      (await person.client.listApps({ query: { scope, name: 'roofed' } })).items.map((app) => app.version).sort()
    expect(await seen(dana, 'available')).toEqual(versions)
    expect(await seen(uri, 'available')).toEqual(['1.0.0', '3.0.0-rc.1'])
    expect(await seen(admin, 'all')).toEqual(versions)
    await expect(seen(dana, 'all')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('an update', () => {
  it('is for the owner and admins, and refused to somebody who sees the app', async () => {
    const { id: appId } = await importDemo(dana, { name: 'update.rights' })
    const change = (person: TestPerson) =>
      person.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
    await expect(change(uri)).rejects.toMatchObject({ code: 'not_found' })
    await change(admin)
    await expect(change(uri)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('promotes a version in place of the listed ones, and rolls back the same way', async () => {
    const versions = ['1.0.0', '1.1.0', '2.0.0']
    const imported = await Promise.all(versions.map((version) => importDemo(dana, { name: 'promoted', version })))
    const [one, , two] = imported.map(({ id }) => id)
    const listed = async () =>
      (await uri.client.listApps({ query: { name: 'promoted' } })).items.map(({ version }) => version)
    const visibilities = async () => {
      const { versions } = await dana.client.getApp({ params: { appId: one! } })
      return versions.map(({ version, visibility }) => `${version} ${visibility}`)
    }
    for (const appId of [one!, imported[1]!.id])
      await dana.client.updateApp({ params: { appId }, body: { visibility: 'ALL_USERS' } })
    const running = await uri.client.launchInstance({ body: { appId: one! } })

    expect(await dana.client.promoteApp({ params: { appId: two! } })).toMatchObject({ visibility: 'ALL_USERS' })
    expect([await listed(), await visibilities()]).toEqual([
      ['2.0.0'],
      ['2.0.0 ALL_USERS', '1.1.0 PRIVATE', '1.0.0 PRIVATE'],
    ])
    await dana.client.promoteApp({ params: { appId: one! } })
    expect([await listed(), await visibilities()]).toEqual([
      ['1.0.0'],
      ['2.0.0 PRIVATE', '1.1.0 PRIVATE', '1.0.0 ALL_USERS'],
    ])
    const { id, visibility } = await uri.client.getInstance({ params: { instanceId: running.id } })
    expect([id, visibility]).toEqual([running.id, running.visibility])
    await expect(uri.client.promoteApp({ params: { appId: one! } })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('goes to somebody else with every version of its name, while its instances stay whose they are', async () => {
    const [one, two] = await Promise.all([
      importDemo(dana, { name: 'handed.over', version: '1.0.0' }),
      importDemo(dana, { name: 'handed.over', version: '2.0.0' }),
    ])
    await dana.client.updateApp({ params: { appId: one.id }, body: { visibility: 'ALL_USERS' } })
    const running = await dana.client.launchInstance({ body: { appId: one.id } })
    const { user } = await uri.client.getSession()
    const transfer = (person: TestPerson, ownerId: string) =>
      person.client.transferApp({ params: { appId: one.id }, body: { ownerId } })
    await expect(transfer(dana, user!.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(transfer(admin, crypto.randomUUID())).rejects.toMatchObject({ code: 'invalid_request' })

    expect(await transfer(admin, user!.id)).toMatchObject({ owner: { id: user!.id }, visibility: 'ALL_USERS' })
    const mine = (await uri.client.listApps({ query: { scope: 'mine', name: 'handed.over' } })).items
    expect(mine.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort())
    await expect(dana.client.getApp({ params: { appId: two.id } })).rejects.toMatchObject({ code: 'not_found' })
    await expect(importDemo(dana, { name: 'handed.over', version: '3.0.0' })).rejects.toThrow('somebody else')
    await importDemo(uri, { name: 'handed.over', version: '3.0.0' })
    expect(await dana.client.getInstance({ params: { instanceId: running.id } })).toMatchObject({
      owner: running.owner,
      can: { terminate: true },
    })
    for (const person of [dana, uri]) expect((await person.client.getSession()).unseenNews).toBeGreaterThan(0)
  })

  it('refuses PUBLIC with the reason, and what is no visibility with the choices', async () => {
    const { id: appId } = await importDemo(dana, { name: 'update.public' })
    await expect(dana.client.updateApp({ params: { appId }, body: { visibility: 'PUBLIC' } })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('public mode'),
    })
    const response = await dana.fetch(`/api/apps/${appId}`, {
      method: 'PATCH',
      body: '{"visibility":"EVERYBODY","title":"x"}',
      headers: { 'content-type': 'application/json' },
    })
    const problem = (await response.json()) as ProblemDetails
    expect(response.status).toBe(400)
    expect(problem.problems).toHaveLength(2)
    expect(problem.detail).toContain('ALL_USERS')
  })
})

describe('a deletion', () => {
  it('takes the app and its bundle away, and the name stays with its owner', async () => {
    const before = await storedBlobs()
    const app = await importDemo(dana, { name: 'delete.me' })
    await dana.client.deleteApp({ params: { appId: app.id } })
    await expect(dana.client.getApp({ params: { appId: app.id } })).rejects.toMatchObject({ code: 'not_found' })
    expect(await storedBlobs()).toBe(before)
    expect((await post(uri, await bytes({ name: 'delete.me' }))).status).toBe(403)
  })

  it('is refused while instances exist, whoever owns them', async () => {
    const app = await importDemo(dana, { name: 'delete.used' })
    await dana.client.updateApp({ params: { appId: app.id }, body: { visibility: 'ALL_USERS' } })
    const instance = await uri.client.launchInstance({ body: { appId: app.id } })
    await expect(dana.client.deleteApp({ params: { appId: app.id } })).rejects.toMatchObject({
      code: 'in_use',
      message: expect.stringContaining('One instance'),
    })
    await uri.client.terminateInstance({ params: { instanceId: instance.id } })
    // It waits for what has been terminated and has not ended yet.
    await dana.client.deleteApp({ params: { appId: app.id } })
  })

  it('is not for somebody else', async () => {
    const app = await importDemo(dana, { name: 'delete.rights' })
    await dana.client.updateApp({ params: { appId: app.id }, body: { visibility: 'ALL_USERS' } })
    await expect(uri.client.deleteApp({ params: { appId: app.id } })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('any request', () => {
  it('is answered with a problem that names what is wrong', async () => {
    const json = { 'content-type': 'application/json' }
    const form = (fields: string) => new URLSearchParams(fields)
    const tries: [string, RequestInit, number, string][] = [
      ['/api/apps/not-an-id', {}, 400, 'invalid_request'],
      ['/api/apps/00000000-0000-4000-8000-000000000000', {}, 404, 'not_found'],
      ['/api/apps?limit=1000&offset=-1', {}, 400, 'invalid_request'],
      ['/api/nothing', {}, 404, 'not_found'],
      ['/api/instances', { method: 'POST', body: '{"appId":', headers: json }, 400, 'invalid_request'],
      [
        '/api/instances',
        { method: 'POST', body: 'hello', headers: { 'content-type': 'text/plain' } },
        400,
        'invalid_request',
      ],
      [
        '/api/instances',
        { method: 'POST', body: JSON.stringify('x'.repeat(2 ** 21)), headers: json },
        413,
        'too_large',
      ],
      ['/api/apps/%zz', {}, 400, 'invalid_request'],
      ['/catalog', { method: 'POST' }, 405, 'method_not_allowed'],
      ['/auth/interaction/x', { method: 'POST', body: form('a=1&'.repeat(1001)) }, 413, 'too_large'],
    ]
    for (const [path, init, status, code] of tries) {
      const response = await dana.fetch(path, init)
      const problem = (await response.json()) as ProblemDetails
      expect([path, response.status, problem.code]).toEqual([path, status, code])
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      expect(problem.requestId).toBe(response.headers.get('x-request-id'))
    }
  })

  it('needs a session, but for asking who is signed in', async () => {
    for (const path of ['/api/apps', '/api/instances', '/api/apps/00000000-0000-4000-8000-000000000000/icon'])
      expect((await fetch(store.origin + path)).status, path).toBe(401)
  })
})
