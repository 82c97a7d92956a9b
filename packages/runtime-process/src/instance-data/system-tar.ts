import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const environment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' }
const packing = ['--create', '--file=-', '--format=posix', '--sparse', '--numeric-owner', '--ignore-failed-read']
/** Of a volume that is written to: not a failure. */
const changedMeanwhile = 1
const saidMaxBytes = 2000

export interface Packing {
  directory: string
  members: string[]
  /** Gives the command that is run instead, such as one that sees another file system there. */
  within?: (command: string[]) => string[]
}

/** A directory's members as a tar stream; links are kept as links. What tar complains about is told to `warn` in one line. */
export async function* packDirectory(
  { directory, members, within = (command) => command }: Packing,
  warn: (text: string) => void,
): AsyncIterable<Uint8Array> {
  const [command, ...args] = within(['tar', ...packing, '--directory', directory, '--', ...members])
  const tar = spawn(command!, args, {
    cwd: '/',
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(tar)
  ended.catch(() => undefined)
  try {
    yield* tar.stdout
    const { code, said } = await ended
    if (code !== 0 && code !== changedMeanwhile) throw new Error(`tar ended with ${code}: ${said}`)
    if (said !== '') warn(said)
  } finally {
    tar.kill('SIGKILL')
    await ended.catch(() => undefined)
  }
}

/** Unpacks a tar stream as the given user, whose own everything becomes; null: as this process's. */
export async function unpackInto(
  directory: string,
  uid: number | null,
  stream: AsyncIterable<Uint8Array>,
): Promise<void> {
  const tar = spawn('tar', ['--extract', '--file=-', '--preserve-permissions', '--no-same-owner'], {
    cwd: directory,
    env: environment,
    stdio: ['pipe', 'ignore', 'pipe'],
    ...(uid !== null && { uid, gid: uid }),
  })
  const ended = endOf(tar)
  let isAllGiven = false
  const given = async function* () {
    yield* stream
    isAllGiven = true
  }
  // What tar says about its end tells more than the pipe that broke with it.
  const [fed, end] = await Promise.allSettled([pipeline(given, tar.stdin), ended])
  if (end.status === 'rejected') throw end.reason
  if (end.value.code !== 0) throw new Error(`tar ended with ${end.value.code}: ${end.value.said}`)
  // It may end so soon after the last byte that its pipe seems cut.
  if (fed.status === 'rejected' && !isAllGiven) throw fed.reason
}

/** The first of what it said: names in it are an app's own words, so what could move a terminal's cursor is blanked. */
async function endOf(tar: ChildProcessByStdio<Writable | null, Readable | null, Readable>) {
  let said = ''
  tar.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < saidMaxBytes) said += text
  })
  const [code] = (await once(tar, 'close')) as [number | null]
  return { code, said: (said.trim().split('\n')[0] ?? '').replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 300) }
}
