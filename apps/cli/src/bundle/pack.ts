import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Manifest, readManifest, setVersion } from '@wave-store/bundle'
import { BundleError, type InspectedBundle, inspectBundle, packDirectory } from '@wave-store/bundle/node'
import type { Cli } from '../cli.ts'
import { problemLine } from '../explain.ts'
import { Failure } from '../failure.ts'

export interface PackedBundle {
  path: string
  manifest: Manifest
  report: InspectedBundle
}

/** A folder of its own for files that are there for a while. */
export async function temporaryDirectory(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'h2o-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

interface PackRequest {
  directory: string
  /** The file to write. */
  target: string
  /** Files that are no part of it, should they stand in the folder. */
  omit?: string[]
  /** Makes another version of it, from the one that the folder has; the folder stays as it is. */
  version?: (own: string) => string
}

/**
 * Packs a folder into a file, and checks it as a store does.
 *
 * @throws {Failure} with everything that is wrong with it
 */
export async function pack(cli: Cli, { directory, target, omit = [], version }: PackRequest): Promise<PackedBundle> {
  await requireDirectory(directory)
  const replace: Record<string, string> = version ? { 'app.toml': await withVersion(directory, version) } : {}
  const outside = [target, ...omit].map((path) => relative(directory, path).replaceAll('\\', '/'))
  const bytes = Readable.from(packDirectory(directory, { replace, omit: outside }))
  await pipeline(bytes, createWriteStream(target), { signal: cli.interrupted }).catch((cause: unknown) => {
    if (!(cause instanceof BundleError)) throw cause
    throw new Failure(cause.message, { next: 'Try again, or name the file in .appignore.', cause })
  })
  const report = await inspectBundle(target, { signal: cli.interrupted })
  return { path: target, report, manifest: requireAccepted(cli, report) }
}

/** Says the warnings. @throws {Failure} with every error at once */
export function requireAccepted(cli: Cli, { accepted, manifest, problems }: InspectedBundle): Manifest {
  for (const problem of problems) if (problem.severity === 'warning') cli.say(problemLine(problem))
  if (accepted && manifest) return manifest
  const errors = problems.filter(({ severity }) => severity === 'error')
  throw new Failure('This cannot be a bundle.', {
    details: errors.map(problemLine),
    next: 'Correct this, then run the command again.',
  })
}

async function requireDirectory(directory: string): Promise<void> {
  if ((await stat(directory)).isDirectory()) return
  throw new Failure(`${directory} is no folder.`, { next: 'Name the folder that holds app.toml.' })
}

async function withVersion(directory: string, version: (own: string) => string): Promise<string> {
  const text = await readFile(join(directory, 'app.toml'), 'utf8')
  const { manifest, problems } = readManifest(text)
  const changed = manifest && setVersion(text, version(manifest.app.version))
  if (changed !== undefined) return changed
  // What is wrong with it is told by the check of the whole.
  if (problems.some(({ severity }) => severity === 'error')) return text
  throw new Failure('app.toml: its version cannot be replaced.', { next: 'Write it as: Version = "1.2.3"' })
}

/** A name beside `path` for what is not complete yet. */
export function draftOf(path: string): string {
  return `${path}.${randomUUID()}.part`
}
