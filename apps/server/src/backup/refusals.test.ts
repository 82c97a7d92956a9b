import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'
import { buildBundle } from '@wave-store/testing'
import Sqlite from 'better-sqlite3'
import { type Header, pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeyRing } from '../secrets/key-ring.ts'
import { backUpTo, restoreTo, temporaryDirectory } from '../testing/backups.ts'
import { startTestStore } from '../testing/test-store.ts'
import type { Manifest } from './archive-format.ts'
import { ArchiveWriter } from './write-archive.ts'

let folder: string
let good: Buffer
let dataDir: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refused-'))
  dataDir = join(folder, 'data')
  {
    await using store = await startTestStore({ dataDir })
    const dana = await store.as('dana')
    const { id: appId } = await dana.importBundle(await buildBundle())
    const { id } = await dana.client.launchInstance({ body: { appId } })
    await mkdir(join(dataDir, 'runtime', 'instances', id, 'volume'), { recursive: true })
    await writeFile(join(dataDir, 'runtime', 'instances', id, 'volume', 'mark'), 'kept')
  }
  await backUpTo(join(folder, 'good.tar'), dataDir)
  good = await readFile(join(folder, 'good.tar'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Restores the bytes; whatever becomes of it, the target must not be there afterwards. */
async function refused(bytes: Uint8Array): Promise<Error> {
  const here = await temporaryDirectory()
  const file = join(here, 'given.tar')
  await writeFile(file, bytes)
  const cause = await restoreTo(join(here, 'new'), file).then(
    () => new Error('It was restored.'),
    (cause: unknown) => cause as Error,
  )
  expect(await readdir(here)).toEqual(['given.tar'])
  return cause
}

describe('a file that is no whole backup', () => {
  it('is refused wherever it was cut', async () => {
    const cuts = [0, 1, 511, 512, 513, 1024, 5000, good.length >> 1, good.length - 3000, good.length - 1537]
    for (const at of cuts)
      expect(await refused(good.subarray(0, at)), `cut at ${at}`).toMatchObject({ name: 'BackupRefused' })
  })

  it('is refused wherever a bit of it was turned', async () => {
    const content = contentOffsets(good)
    expect(content.length).toBeGreaterThan(5)
    for (const at of content) {
      const bytes = Buffer.from(good)
      bytes[at] = bytes[at]! ^ 1
      expect(await refused(bytes), `bit at ${at}`).toMatchObject({ name: 'BackupRefused' })
    }
  })

  it('is refused when it is something else', async () => {
    const other = pack()
    other.entry({ name: 'letter.txt' }, 'Dear reader')
    other.finalize()
    const compressed = await buffer(createReadStream(join(folder, 'good.tar')).pipe(createGzip()))
    for (const bytes of [Buffer.from('Dear reader'), Buffer.alloc(20_000), await tarBytes(other), compressed])
      expect((await refused(bytes)).message).toContain('no backup of a store')
  })

  it('is refused when it was made by a newer version', async () => {
    const here = await temporaryDirectory()
    const later = join(here, 'later')
    {
      await using _store = await startTestStore({ dataDir: later })
    }
    const database = new Sqlite(join(later, 'store.db'))
    database.exec(`INSERT INTO kysely_migration VALUES ('9999-later', '')`)
    database.close()
    await backUpTo(join(here, 'later.tar'), later)
    expect((await refused(await readFile(join(here, 'later.tar')))).message).toContain('newer version')
  })
})

describe('a hostile file', () => {
  const own = { name: 'blobs/../../outside', type: 'file' } as const
  it.each<[string, Partial<Header> & { name: string }]>([
    ['a name that climbs', own],
    ['an absolute name', { ...own, name: '/tmp/outside' }],
    ['a link', { name: `blobs/${'a'.repeat(64)}`, type: 'symlink', linkname: '/etc' }],
    ['a hard link', { name: `blobs/${'a'.repeat(64)}`, type: 'link', linkname: '/etc/passwd' }],
    ['a device', { name: `blobs/${'a'.repeat(64)}`, type: 'block-device', devmajor: 1 }],
    ['a folder', { name: 'blobs', type: 'directory' }],
    ['an instance that is none', { ...own, name: 'instances/../../x/volume.tar.00000000' }],
  ])('is refused that holds %s', async (_, header) => {
    const bytes = await withEntry(good, header)
    expect((await refused(bytes)).message).toMatch(/which (no backup does|is no plain file)\.$/)
  })

  it('is refused whose blob is not what its name says, though all is sealed as it should be', async () => {
    const sha256 = createHash('sha256').update('other').digest('hex')
    const bytes = await forged(async (archive, evil) => archive.file({ kind: 'blob', sha256 }, evil))
    expect((await refused(bytes)).message).toContain(`damaged: ${sha256}`)
  })

  it('is refused whose volume is none, though all is sealed as it should be', async () => {
    const id = '00000000-0000-4000-8000-000000000001'
    const noTar = Readable.from([Buffer.alloc(8 << 20, 'no tar')])
    const bytes = await forged((archive) => archive.stream({ id, part: 'volume' }, noTar))
    expect((await refused(bytes)).message).toContain(`The data of instance ${id} in it cannot be laid`)
  })

  it('is refused whose database names what is not in it, or is none', async () => {
    expect((await refused(await forged(async () => {}))).message).toContain('missing in it')
    const none = await forged(async () => {}, Buffer.alloc(8192, 'no database'))
    expect((await refused(none)).message).toContain('database is damaged')
  })
})

describe('a directory', () => {
  it('is left alone when it is not empty', async () => {
    const here = await temporaryDirectory()
    await writeFile(join(here, 'mine'), 'mine')
    await expect(restoreTo(here, join(folder, 'good.tar'))).rejects.toThrow(`${here} is not empty: mine`)
    expect(await readdir(here)).toEqual(['mine'])
  })

  it('is left alone when a store runs on it', async () => {
    await using store = await startTestStore()
    const names = await readdir(store.dataDir)
    await expect(restoreTo(store.dataDir, join(folder, 'good.tar'))).rejects.toThrow('A store runs on')
    expect(await readdir(store.dataDir)).toEqual(names)
  })

  it('may hold tools and keys, which stay, and what an interrupted restore has left', async () => {
    const here = await temporaryDirectory()
    await writeFile(join(here, 'keys.json'), await readFile(join(dataDir, 'keys.json')))
    await mkdir(join(here, 'tools'))
    await mkdir(join(here, 'restoring', 'bundles'), { recursive: true })
    await mkdir(join(here, 'bundles', 'blobs'), { recursive: true })
    await writeFile(join(here, 'bundles', 'half'), '')
    expect(await restoreTo(here, join(folder, 'good.tar'))).toMatchObject({ providerKeys: 'same' })
    expect((await readdir(here)).sort()).toEqual(['bundles', 'keys.json', 'runtime', 'store.db', 'store.lock', 'tools'])
    expect(await readdir(join(here, 'bundles'))).toEqual(['blobs'])
  })
})

describe('keys', () => {
  it('are said to be absent, or of another store', async () => {
    const here = await temporaryDirectory()
    const bare = join(here, 'bare')
    expect(await restoreTo(bare, join(folder, 'good.tar'))).toMatchObject({ providerKeys: 'absent' })
    const other = join(here, 'other')
    await mkdir(other)
    await writeFile(join(other, 'keys.json'), '{"sealingKey":"another"}')
    expect(await restoreTo(other, join(folder, 'good.tar'))).toMatchObject({ providerKeys: 'other' })
  })

  it('of secrets are told apart, and said to be missing', async () => {
    const here = await temporaryDirectory()
    const key = Buffer.alloc(32, 7)
    const sealed = new KeyRing([key]).seal({ text: 'x' }, { secretId: 's', key: 'k' })
    const file = join(here, 'with-secret.tar')
    const source = join(here, 'source')
    {
      await using _store = await startTestStore({ dataDir: source })
    }
    const database = new Sqlite(join(source, 'store.db'))
    database.pragma('foreign_keys = OFF')
    database.exec(`INSERT INTO secret (id, name, description, createdAt, updatedAt) VALUES ('s', 's', '', 0, 0)`)
    database.exec(`INSERT INTO secretValue VALUES ('s', 'k', '${sealed}', 0)`)
    database.close()
    await backUpTo(file, source)
    expect(await restoreTo(join(here, 'bare'), file)).toMatchObject({ unreadableSecrets: true })
    const other = { WAVE_STORE_SECRETS_KEY: Buffer.alloc(32, 8).toString('base64') }
    expect(await restoreTo(join(here, 'other'), file, other)).toMatchObject({ unreadableSecrets: true })
    const same = { WAVE_STORE_SECRETS_KEY: key.toString('base64') }
    expect(await restoreTo(join(here, 'same'), file, same)).toMatchObject({ unreadableSecrets: false })
  })
})

/** The first byte of each entry's content. */
function contentOffsets(bytes: Buffer): number[] {
  const offsets: number[] = []
  for (let at = 0; at < bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8)
    if (size > 0) offsets.push(at + 512, at + 512 + size - 1)
    at += 512 + Math.ceil(size / 512) * 512
  }
  return offsets
}

/** The backup with another entry before its last one. */
async function withEntry(bytes: Buffer, header: Partial<Header> & { name: string }): Promise<Buffer> {
  const last = bytes.lastIndexOf('end.json')
  const archive = pack()
  archive.entry(header, header.type === 'file' ? 'evil' : '')
  archive.finalize()
  const added = (await tarBytes(archive)).subarray(0, -1024)
  return Buffer.concat([bytes.subarray(0, last), added, bytes.subarray(last)])
}

/** A backup that somebody made who knows how: right in form, with what `add` puts where blobs and volumes stand. */
async function forged(
  add: (archive: ArchiveWriter, evil: string) => Promise<void>,
  database?: Uint8Array,
): Promise<Buffer> {
  const here = await temporaryDirectory()
  execFileSync('tar', ['--extract', '--file', join(folder, 'good.tar'), 'manifest.json', 'store.db'], { cwd: here })
  const manifest = JSON.parse(await readFile(join(here, 'manifest.json'), 'utf8')) as Manifest
  if (database) await writeFile(join(here, 'store.db'), database)
  await writeFile(join(here, 'evil'), 'evil')
  const sha256 = createHash('sha256')
    .update(await readFile(join(here, 'store.db')))
    .digest('hex')
  const archive = new ArchiveWriter()
  const bytes = buffer(archive.output)
  await archive.manifest({ ...manifest, database: { ...manifest.database, sha256 } })
  await archive.file({ kind: 'database' }, join(here, 'store.db'))
  await add(archive, join(here, 'evil'))
  await archive.end([])
  return bytes
}

function tarBytes(archive: ReturnType<typeof pack>): Promise<Buffer> {
  return buffer(archive as AsyncIterable<Uint8Array>)
}
