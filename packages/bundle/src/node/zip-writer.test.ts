import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { storeMethod } from '../archive/entry.ts'
import { type PackedContent, ZipWriter } from './zip-writer.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zip-test-'))
})
afterEach(() => rm(directory, { recursive: true }))

const stored = (text: string): PackedContent => {
  const data = Buffer.from(text)
  return { method: storeMethod, crc32: crc32(data), sizeBytes: data.length, data }
}

/** Blanks are left to the file system, so that gibibytes of them take no room. */
async function writeSparse(chunks: AsyncIterable<Uint8Array>, blank?: Uint8Array): Promise<string> {
  const path = join(directory, 'test.zip')
  await using file = await open(path, 'w')
  let [held, offset, end]: [Uint8Array[], number, number] = [[], 0, 0]
  const write = async () => {
    await file.writev(held, offset)
    held = []
  }
  for await (const chunk of chunks) {
    if (chunk !== blank) held.push(chunk)
    else if (held.length > 0) await write()
    end += chunk.byteLength
    if (held.length === 500) await write()
    if (held.length === 0) offset = end
  }
  if (held.length > 0) await write()
  return path
}

/** What Python makes of the archive: the number of entries, sizes of the first one, and the text of the last one. */
function read(path: string): unknown {
  const program = `import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
first, *_, last = archive.infolist()
print(json.dumps([len(archive.infolist()), first.file_size, first.compress_size, archive.read(last).decode()]))`
  return JSON.parse(execFileSync('python3', ['-c', program, path], { encoding: 'utf8' }))
}

it('has more entries than two bytes count', async () => {
  async function* archive() {
    const zip = new ZipWriter()
    for (let index = 0; index < 70_000; index++)
      yield* zip.whole({ path: `${index}`, mode: 0o100644 }, stored(`${index}`))
    yield* zip.end()
  }
  expect(read(await writeSparse(archive()))).toEqual([70_000, 1, 1, '69999'])
})

it('has entries longer than four bytes count, and others behind them', async () => {
  const blank = Buffer.alloc(64 << 20)
  const [count, sizeBytes] = [65, 5 * 1024 ** 3]
  async function* packed() {
    for (let index = 0; index < count; index++) yield blank
    return { crc32: 1, sizeBytes }
  }
  async function* archive() {
    const zip = new ZipWriter()
    yield* zip.streamed({ path: 'large', mode: 0o100644 }, sizeBytes, packed())
    yield* zip.whole({ path: 'small', mode: 0o100644 }, stored('behind'))
    yield* zip.end()
  }
  expect(read(await writeSparse(archive(), blank))).toEqual([2, sizeBytes, count * blank.length, 'behind'])
})
