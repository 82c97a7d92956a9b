import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { storePaths } from '../store-paths.ts'
import { readRecords } from '../supervisor/instance-record.ts'
import { whyNoImages } from '../supervisor/volumes/can-mount-images.ts'
import { makeImage } from '../supervisor/volumes/disk-image.ts'
import { copyFrozen, inView } from './frozen-copy.ts'
import { InstanceData } from './instance-data.ts'

const id = '00000000-0000-4000-8000-000000000001'
const isRoot = process.getuid?.() === 0
const noImages = await whyNoImages(tmpdir())

it('lays a volume as it was read, sparse, with links and modes, below directories that are closed to its user', async () => {
  const from = withVolume((volume) => {
    mkdirSync(join(volume, 'a folder'))
    writeFileSync(join(volume, 'a folder', '-odd\nname'), 'kept', { mode: 0o400 })
    symlinkSync('/etc/passwd', join(volume, 'outward'))
    execFileSync('ln', [join(volume, 'a folder', '-odd\nname'), join(volume, 'second name')])
    execFileSync('mkfifo', [join(volume, 'pipe')])
    writeFileSync(join(volume, 'large'), 'begin')
    truncateSync(join(volume, 'large'), 1 << 30)
    if (isRoot) execFileSync('chown', ['-Rh', '200777:200777', volume])
  })
  const to = directory()
  const reading = new InstanceData(from)
  expect(reading.parts(id, { ownResources: true })).toEqual(['volume'])
  await new InstanceData(to).lay(id, 'volume', reading.read(id, 'volume', reader()))

  const volume = join(to, 'runtime', 'instances', id, 'volume')
  expect(readFileSync(join(volume, 'a folder', '-odd\nname'), 'utf8')).toBe('kept')
  expect(statSync(join(volume, 'a folder', '-odd\nname'))).toMatchObject({ nlink: 2, mode: 0o100400 })
  expect(readlinkSync(join(volume, 'outward'))).toBe('/etc/passwd')
  expect(lstatSync(join(volume, 'pipe')).isFIFO()).toBe(true)
  const { size, blocks } = statSync(join(volume, 'large'))
  expect(size).toBe(1 << 30)
  expect(blocks * 512).toBeLessThan(1 << 20)
  const [record] = readRecords(storePaths(to))
  expect(record).toMatchObject({ id, phase: 'exited', exit: { reason: 'lost' }, uid: isRoot ? 200_000 : null })
  const owners = new Set(everything(volume).map((path) => lstatSync(path).uid))
  expect([...owners]).toEqual([isRoot ? 200_000 : process.getuid?.()])
})

it('keeps an environment of its own with what marks it, and does not take one whose place leads elsewhere', async () => {
  const from = withVolume(() => {})
  const environment = join(from, 'runtime', 'instances', id, 'environment')
  mkdirSync(join(environment, 'venv', 'bin'), { recursive: true })
  writeFileSync(join(environment, 'venv', 'bin', 'tool'), 'mine')
  writeFileSync(join(environment, 'marker.json'), '{"key":"k","sizeBytes":1}')
  const reading = new InstanceData(from)
  expect(reading.parts(id, { ownResources: true })).toEqual(['volume', 'resources'])
  expect(reading.parts(id, { ownResources: false })).toEqual(['volume'])
  const to = directory()
  await new InstanceData(to).lay(id, 'resources', reading.read(id, 'resources', reader()))
  const laid = join(to, 'runtime', 'instances', id, 'environment')
  expect(readFileSync(join(laid, 'venv', 'bin', 'tool'), 'utf8')).toBe('mine')
  expect(readFileSync(join(laid, 'marker.json'), 'utf8')).toBe('{"key":"k","sizeBytes":1}')

  rmSync(join(environment, 'venv'), { recursive: true })
  symlinkSync('/', join(environment, 'venv'))
  await expect(
    new InstanceData(directory()).lay(id, 'resources', reading.read(id, 'resources', reader())),
  ).rejects.toThrow('not one')
})

describe.skipIf(noImages !== undefined)('a volume that is a disk image', () => {
  const imageOf = (dataDir: string) => join(dataDir, 'runtime', 'instances', id, 'volume.img')
  const volumeOf = (dataDir: string) => join(dataDir, 'runtime', 'instances', id, 'volume')

  it('is read as it was at one moment while its app writes, which goes on, and laid as one again', async () => {
    const from = withVolume(() => {})
    await makeImage({ file: imageOf(from), sizeBytes: 64 << 20, uid: 200_777 })
    await using app = await startWriter(imageOf(from), volumeOf(from))
    const to = directory()
    const data = new InstanceData(to)
    await data.lay(id, 'volume', new InstanceData(from).read(id, 'volume', reader()))
    const [a, z] = ['a', 'z'].map((name) => readFileSync(join(volumeOf(to), name), 'utf8').length)
    expect(a! - z!).toBeGreaterThanOrEqual(0)
    expect(a! - z!).toBeLessThanOrEqual(1)
    expect(statSync(join(volumeOf(to), 'middle')).size).toBe(40 << 20)
    await app.goesOn()

    await data.enclose(id, 'volume', 100 << 20)
    expect(readdirSync(volumeOf(to))).toEqual([])
    expect(statSync(imageOf(to)).size).toBeGreaterThan(100 << 20)
    expect(statSync(imageOf(to)).blocks * 512).toBeLessThan(64 << 20)
    const again = directory()
    await new InstanceData(again).lay(id, 'volume', data.read(id, 'volume', reader()))
    expect(readdirSync(volumeOf(again)).sort()).toEqual(['a', 'middle', 'z'])
    expect(statSync(join(volumeOf(again), 'a'))).toMatchObject({ uid: 200_000, size: a })
  })

  it('goes on when the copying of it fails, and when an earlier one was killed', async () => {
    const from = withVolume(() => {})
    await makeImage({ file: imageOf(from), sizeBytes: 64 << 20, uid: 0 })
    await using app = await startWriter(imageOf(from), volumeOf(from))
    const workshop = directory()
    await expect(copyFrozen(imageOf(from), join(workshop, 'no', 'such'), workshop)).rejects.toThrow('such')
    await app.goesOn()

    const killed = inView(imageOf(from), workshop, ['sh', '-c', 'fsfreeze --freeze "$1" && kill -9 $$', 'sh', workshop])
    expect(() => execFileSync(killed[0]!, killed.slice(1))).toThrow()
    await expect(copyFrozen(imageOf(from), join(workshop, 'copy'), workshop)).rejects.toThrow('busy')
    await app.goesOn()
  })
})

it('says that an instance went while it was read', async () => {
  const from = withVolume(() => {})
  const reading = new InstanceData(from)
  rmSync(join(from, 'runtime', 'instances', id), { recursive: true })
  await expect(Array.fromAsync(reading.read(id, 'volume', reader()))).rejects.toMatchObject({ name: 'PartGone', id })
})

it.each<[string, string]>([
  ['names that climb', 'tar --create --absolute-names --file=- ../../../../outside'],
  ['absolute names', 'tar --create --absolute-names --file=- "$PWD/../../../../outside"'],
  [
    'a link that leads out, and a file behind it',
    'mkdir in; echo evil > in/outside; ln -s "$PWD/../../../.." out; tar --create --file=- --transform "s,^in/,out/,S" out in/outside',
  ],
  ['a device', 'mknod disk b 1 0 2>/dev/null || mkfifo disk; tar --create --file=- disk'],
])('writes nothing outside of the volume when the stream holds %s', async (_, command) => {
  const maker = directory()
  const workplace = join(maker, 'a/b/c/d')
  mkdirSync(workplace, { recursive: true })
  writeFileSync(join(maker, 'outside'), 'evil')
  const stream = execFileSync('sh', ['-c', command], { cwd: workplace })
  const to = directory()
  const outside = join(maker, 'outside')
  writeFileSync(outside, 'as it was')
  if (isRoot) chmodSync(maker, 0o777)
  const laid = new InstanceData(to).lay(id, 'volume', oneChunk(stream))
  await laid.catch(() => undefined)
  expect(readFileSync(outside, 'utf8')).toBe('as it was')
  expect(readdirSync(to)).toEqual(['runtime'])
  expect(readdirSync(join(to, 'runtime', 'instances', id)).sort()).toEqual(['record.json', 'volume'])
  const devices = everything(join(to, 'runtime')).filter((path) => lstatSync(path).isBlockDevice())
  expect(devices).toEqual([])
})

const made: string[] = []
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true })
})

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'instance-data-'))
  made.push(path)
  return path
}

function withVolume(fill: (volume: string) => void): string {
  const dataDir = directory()
  const volume = join(dataDir, 'runtime', 'instances', id, 'volume')
  mkdirSync(volume, { recursive: true })
  fill(volume)
  return dataDir
}

function everything(path: string): string[] {
  if (!existsSync(path) || !lstatSync(path).isDirectory()) return [path]
  return [path, ...readdirSync(path).flatMap((name) => everything(join(path, name)))]
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

function reader() {
  const warn = (text: string) => {
    throw new Error(`What was read is not whole: ${text}`)
  }
  return { workshop: directory(), warn }
}

/** One file grows, then the other, with much to read between them: a reader of one moment finds them alike. */
const writing = `
dd if=/dev/zero of="$1/middle" bs=1M count=40 2>/dev/null
echo begun
while :; do
  printf x >> "$1/a" || exit
  printf x >> "$1/z" || exit
done`

/** What an app does on its volume: in a view of its own, in which alone the image is mounted. */
async function startWriter(image: string, volume: string) {
  const [command, ...args] = inView(image, volume, ['sh', '-c', writing, 'sh', volume])
  const app = spawn(command!, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  await once(app.stdout, 'data')
  const view = `--mount=/proc/${app.pid}/ns/mnt`
  const written = () => Number(execFileSync('nsenter', [view, 'stat', '--format=%s', join(volume, 'a')]))
  return {
    goesOn: async () => {
      const before = written()
      await expect.poll(written, { timeout: 20_000 }).toBeGreaterThan(before)
    },
    async [Symbol.asyncDispose]() {
      app.kill('SIGKILL')
      await once(app, 'exit')
    },
  }
}
