import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import ignore, { type Ignore } from 'ignore'
import { FilePacker, longestWholeBytes } from './file-packer.ts'
import { BundleError } from './read-entry.ts'
import { type PackedContent, type Unpacked, ZipWriter } from './zip-writer.ts'

/** What no bundle needs: histories, environments, caches, other bundles, and who is signed in. */
const neverPacked = `
.git
.hg
.svn
.venv
venv
__pycache__
*.pyc
.ipynb_checkpoints
.pytest_cache
.mypy_cache
.ruff_cache
.idea
.vscode
node_modules
.DS_Store
h2o-cli-config*.toml
/*.wave
/.appignore
`
const ignoreFile = '.appignore'

const packedAtOnce = 8
/** To write each small one would take longer than to pack it. */
const chunkBytes = 256 * 1024

interface FolderFile {
  path: string
  kind: 'file' | 'symlink'
  mode: number
  sizeBytes: number
}

export interface PackOptions {
  /** Content of files, by path, in place of what stands in the folder. */
  replace?: Record<string, string>
  /** Paths in the folder that are left out, such as that of the bundle itself. */
  omit?: readonly string[]
}

/**
 * Streams a folder as a bundle, entries in the order of their names; the same folder gives the same bytes, whenever and
 * by whomever it was written. What `.appignore` names, in the syntax of `.gitignore`, is left out, and so is what no
 * bundle needs.
 *
 * @throws {BundleError} when a file changes meanwhile or has a name that no bundle can have; and what reading the folder
 *   and its files throws
 */
export async function* packDirectory(
  directory: string,
  { replace = {}, omit = [] }: PackOptions = {},
): AsyncGenerator<Uint8Array> {
  const files = (await filesOf(directory)).filter(({ path }) => !omit.includes(path))
  yield* gathered(archiveOf(directory, files, replace), chunkBytes)
}

async function* archiveOf(
  directory: string,
  files: FolderFile[],
  replace: Record<string, string>,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipWriter()
  for await (const [file, content] of packedInOrder(directory, files, replace)) {
    if (content) yield* zip.whole(file, content)
    else yield* zip.streamed(file, file.sizeBytes, deflated(directory, file))
  }
  yield* zip.end()
}

/** Several files at a time, each in its turn; null for one that is too long for one piece. */
async function* packedInOrder(
  directory: string,
  files: FolderFile[],
  replace: Record<string, string>,
): AsyncGenerator<[FolderFile, PackedContent | null]> {
  const packers = Array.from({ length: packedAtOnce }, () => new FilePacker())
  const ahead: Promise<PackedContent | null>[] = []
  try {
    for (let next = 0, taken = 0; taken < files.length; taken++) {
      for (; next < files.length && ahead.length < packedAtOnce; next++) {
        // What it had before has been taken by now.
        const packer = packers[next % packedAtOnce]!
        const file = files[next]!
        const packing = packOne(packer, directory, file, replace[file.path])
        // It is waited for in its turn.
        packing.catch(() => {})
        ahead.push(packing)
      }
      yield [files[taken]!, await ahead.shift()!]
    }
  } finally {
    await Promise.allSettled(ahead)
    for (const packer of packers) packer.close()
  }
}

async function packOne(
  packer: FilePacker,
  directory: string,
  { path, kind, sizeBytes }: FolderFile,
  replaced: string | undefined,
): Promise<PackedContent | null> {
  if (replaced !== undefined) return packer.pack(Buffer.from(replaced))
  if (kind === 'symlink') return packer.packLink(join(directory, path))
  if (sizeBytes > longestWholeBytes) return null
  const content = await packer.packFile(join(directory, path), sizeBytes)
  if (content.sizeBytes !== sizeBytes) throw changed(path)
  return content
}

async function* deflated(directory: string, { path, sizeBytes }: FolderFile): AsyncGenerator<Uint8Array, Unpacked> {
  const unpacked = { crc32: 0, sizeBytes: 0 }
  async function* summed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      unpacked.crc32 = crc32(chunk, unpacked.crc32)
      unpacked.sizeBytes += chunk.length
      yield chunk
    }
  }
  const packing = createDeflateRaw({ chunkSize: chunkBytes })
  const done = pipeline(createReadStream(join(directory, path), { highWaterMark: chunkBytes }), summed, packing)
  done.catch(() => {})
  for await (const chunk of packing) yield chunk as Uint8Array
  await done
  if (unpacked.sizeBytes !== sizeBytes) throw changed(path)
  return unpacked
}

function changed(path: string): BundleError {
  return new BundleError(`${path} changed while it was packed.`)
}

/** The same bytes in chunks of at least `leastBytes`. */
async function* gathered(chunks: AsyncIterable<Uint8Array>, leastBytes: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    held.push(chunk)
    bytes += chunk.byteLength
    if (bytes < leastBytes) continue
    yield Buffer.concat(held)
    held = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(held)
}

async function filesOf(directory: string): Promise<FolderFile[]> {
  const rules = ignore()
    .add(neverPacked)
    .add(await ownRules(directory))
  const files = await filesBelow(directory, '', rules)
  // By code units: the same whatever the language of who packs.
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function ownRules(directory: string): Promise<string> {
  try {
    return await readFile(join(directory, ignoreFile), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

async function filesBelow(root: string, below: string, rules: Ignore): Promise<FolderFile[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true })
  // A Python environment, whatever it is called.
  if (below !== '' && entries.some(({ name }) => name === 'pyvenv.cfg')) return []
  const nested = await Promise.all(
    entries.map(async (entry): Promise<FolderFile[]> => {
      const path = `${below}${entry.name}`
      if (rules.ignores(entry.isDirectory() ? `${path}/` : path)) return []
      if (entry.isDirectory()) return filesBelow(root, `${path}/`, rules)
      if (entry.name.includes('\\')) throw new BundleError(`${path}: a name in a bundle has no backslash.`)
      if (entry.isSymbolicLink()) return [{ path, kind: 'symlink', mode: 0o120777, sizeBytes: 0 }]
      if (!entry.isFile()) return []
      const { mode, size } = await stat(join(root, path))
      return [{ path, kind: 'file', mode: (mode & 0o100) === 0 ? 0o100644 : 0o100755, sizeBytes: size }]
    }),
  )
  return nested.flat()
}
