import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import ignore, { type Ignore } from 'ignore'
import { ZipFile } from 'yazl'
import { BundleError } from './read-entry.ts'

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

/** Any time will do, as long as it is always the same: equal folders give equal bytes. */
const modified = new Date(Date.UTC(1980, 0, 2))

interface PackedFile {
  path: string
  kind: 'file' | 'symlink'
  isExecutable: boolean
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
): AsyncIterable<Uint8Array> {
  const zip = new ZipFile()
  const facts = (mode: number) => ({ mtime: modified, mode, forceDosTimestamp: true })
  for (const { path, kind, isExecutable } of await filesOf(directory)) {
    if (omit.includes(path)) continue
    const replaced = replace[path]
    if (replaced !== undefined) zip.addBuffer(Buffer.from(replaced), path, facts(0o100644))
    else if (kind === 'symlink')
      zip.addBuffer(Buffer.from(await readlink(join(directory, path))), path, facts(0o120777))
    else zip.addFile(join(directory, path), path, facts(isExecutable ? 0o100755 : 0o100644))
  }
  zip.end()
  const output = zip.outputStream as Readable
  zip.on('error', (error) => output.destroy('code' in error ? error : changed(error)))
  yield* output
}

/** What yazl throws without a code: a file that has more bytes, or fewer, than when it was looked at. */
function changed(cause: Error): BundleError {
  return new BundleError('A file of the folder changed while it was packed.', { cause })
}

async function filesOf(directory: string): Promise<PackedFile[]> {
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

async function filesBelow(root: string, below: string, rules: Ignore): Promise<PackedFile[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true })
  // A Python environment, whatever it is called.
  if (below !== '' && entries.some(({ name }) => name === 'pyvenv.cfg')) return []
  const nested = await Promise.all(
    entries.map(async (entry): Promise<PackedFile[]> => {
      const path = `${below}${entry.name}`
      if (rules.ignores(entry.isDirectory() ? `${path}/` : path)) return []
      if (entry.isDirectory()) return filesBelow(root, `${path}/`, rules)
      if (entry.name.includes('\\')) throw new BundleError(`${path}: a name in a bundle has no backslash.`)
      if (entry.isSymbolicLink()) return [{ path, kind: 'symlink', isExecutable: false }]
      if (!entry.isFile()) return []
      const { mode } = await stat(join(root, path))
      return [{ path, kind: 'file', isExecutable: (mode & 0o100) !== 0 }]
    }),
  )
  return nested.flat()
}
