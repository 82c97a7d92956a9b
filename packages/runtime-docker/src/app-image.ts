import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RuntimeError } from '@wave-store/runtime'
import { pack } from 'tar-stream'
import { type Engine, orNull } from './engine.ts'
import type { ImageSource } from './options.ts'

type Recipe = Exclude<ImageSource, { tag: string }>

/**
 * The image that apps run in, found, fetched or built.
 *
 * @returns its name
 * @throws {RuntimeError} `unavailable`, with what the engine said
 */
export async function provideImage(engine: Engine, source: ImageSource): Promise<string> {
  if ('tag' in source) {
    if (!(await orNull(engine.quick.getImage(source.tag).inspect()))) await fetchImage(engine, source.tag)
    return source.tag
  }
  const files = await filesOf(source)
  const tag = `wave-store/app:${await digestOf(source, files)}`
  if (!(await orNull(engine.quick.getImage(tag).inspect()))) await build(engine, { ...source, files, tag })
  return tag
}

async function fetchImage({ streams }: Engine, tag: string): Promise<void> {
  await finished(streams, await streams.pull(tag), `The image ${tag} is not there and cannot be fetched`)
}

async function build({ streams }: Engine, { base, files, tag }: Recipe & { files: File[]; tag: string }) {
  const context = pack()
  const sent = send(context, files)
  sent.catch((error: Error) => context.destroy(error))
  const output = await streams.buildImage(Readable.from(context), {
    t: tag,
    buildargs: { BASE: base },
    // No step of the recipe needs one.
    networkmode: 'none',
    labels: { 'wave-store': 'app' },
  })
  await sent
  await finished(streams, output, `The image of apps cannot be built from ${base}`)
}

async function finished(docker: Engine['streams'], output: NodeJS.ReadableStream, problem: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // What fails on the way is told among the rest, and the answer ends as if all were well.
    docker.modem.followProgress(output, (error: Error | null, told: { error?: string }[]) => {
      const failure = error ?? told.map((line) => line.error).find((text) => text !== undefined)
      if (failure === undefined) resolve()
      else reject(failure instanceof Error ? failure : new Error(failure))
    })
  }).catch((error: Error) => {
    throw new RuntimeError('unavailable', `${problem}: ${error.message}`, { cause: error })
  })
}

interface File {
  /** In the context. */
  name: string
  source: string
}

async function filesOf({ recipePath, launcherPath, uvPath, wavedPath }: Recipe): Promise<File[]> {
  const parts = [
    [{ name: 'Dockerfile', source: path.join(recipePath, 'Dockerfile') }],
    ['enter', 'enter-pod'].map((name) => ({ name: `tools/${name}`, source: path.join(recipePath, name) })),
    below(launcherPath, 'tools/launcher', (name) => name.endsWith('.py')),
    uvPath ? [{ name: 'tools/uv', source: uvPath }] : [],
    wavedPath ? [{ name: 'tools/waved/waved', source: path.join(wavedPath, 'waved') }] : [],
    wavedPath ? below(path.join(wavedPath, 'www'), 'tools/waved/www') : [],
  ]
  return (await Promise.all(parts)).flat()
}

async function below(directory: string, name: string, isWanted = (_: string) => true): Promise<File[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && isWanted(entry.name))
  const relative = files.map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name))).sort()
  return relative.map((file) => ({ name: `${name}/${file}`, source: path.join(directory, file) }))
}

async function digestOf({ base }: Recipe, files: File[]): Promise<string> {
  const hash = createHash('sha256').update(base)
  for (const { name, source } of files) hash.update(`\0${name}\0`).update(await readFile(source))
  return hash.digest('hex').slice(0, 16)
}

async function send(context: ReturnType<typeof pack>, files: File[]): Promise<void> {
  for (const { name, source } of files) {
    const { mode, size } = await stat(source)
    await pipeline(createReadStream(source), context.entry({ name, size, mode: mode & 0o111 ? 0o755 : 0o644 }))
  }
  context.finalize()
}
