import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { type Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { appUser } from '@wave-store/runtime/driver'
import type Docker from 'dockerode'
import { pack } from 'tar-stream'

export interface Feeding {
  bundlePath: string
  /** Directories to be made inside, or to be taken over from their volume's first owner, for the app's user. */
  directories: string[]
  /** Files of ours, readable by all. */
  files?: { name: string; source: string }[]
}

/** Lays files into a container that has been made and not started: before that nothing of the app can be in the way. */
export async function layFiles(container: Docker.Container, { bundlePath, directories, files = [] }: Feeding) {
  const archive = pack()
  const sent = send(archive, [{ name: 'bundle.wave', source: bundlePath }, ...files], directories)
  sent.catch((error: Error) => archive.destroy(error))
  await container.putArchive(Readable.from(archive), { path: '/' })
  await sent
}

async function send(
  archive: ReturnType<typeof pack>,
  files: { name: string; source: string }[],
  directories: string[],
): Promise<void> {
  const owner = { uid: appUser, gid: appUser }
  for (const directory of directories)
    archive.entry({ name: `${directory.replace(/^\/+/, '')}/`, type: 'directory', mode: 0o755, ...owner })
  for (const { name, source } of files) {
    const { size } = await stat(source)
    await pipeline(createReadStream(source), archive.entry({ name, size, mode: 0o644 }))
  }
  archive.finalize()
}

/**
 * Starts a container and gives its launcher the spec, which so stands on no disk and in no description of the container.
 *
 * @returns its events from then on; the log is not among them, so that nobody has to read it for the app to go on
 */
export async function startWith(container: Docker.Container, spec: Record<string, unknown>): Promise<Duplex> {
  // The socket itself, both of whose sides may be ended.
  const stream = (await container.attach({ stream: true, stdin: true, stderr: true, hijack: true })) as Duplex
  // It may break off; what was told is read from the engine.
  stream.on('error', () => {})
  await container.start()
  stream.end(JSON.stringify(spec))
  return stream
}
