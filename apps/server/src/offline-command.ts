import { isAbsolute, resolve } from 'node:path'
import { NoStore } from './backup/back-up.ts'
import { BackupRefused } from './backup/read-archive.ts'
import { BackupUnderWay } from './backup/workshop.ts'
import { ConfigError } from './config/config.ts'
import { NotEmpty } from './db/copy-database.ts'
import { DataDirectoryInUse } from './db/data-directory.ts'
import { DatabaseUnavailable } from './db/open-database.ts'
import { SnapshotRefused } from './db/snapshot.ts'

export const exitCodes = { failed: 1, usage: 2, cancelled: 3 }

/** The one argument of a command; npm starts it elsewhere than where somebody stands. */
export function fileArgument(args: string[], usage: string): string {
  const [file, ...more] = args
  if (file === undefined || more.length > 0 || (file.startsWith('-') && file !== '-')) {
    console.error(`✗ ${usage}`)
    process.exit(exitCodes.usage)
  }
  return file === '-' || isAbsolute(file) ? file : resolve(process.env.INIT_CWD ?? process.cwd(), file)
}

/** Runs a command to its exit code; `signal` aborts when it is asked to end. */
export async function runCommand(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const end = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end.abort())
  try {
    await work(end.signal)
  } catch (cause) {
    console.error(`✗ ${end.signal.aborted ? 'Interrupted; nothing is left behind.' : explain(cause)}`)
    process.exitCode = end.signal.aborted ? exitCodes.cancelled : exitCodes.failed
  }
}

export function say(text: string): void {
  console.error(`• ${text}`)
}

export function warn(text: string): void {
  console.error(`! ${text}`)
}

/** Sizes as people read them, in powers of 1000. */
export function readable(sizeBytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = sizeBytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(sizeBytes) / 3), units.length - 1)
  return `${Number((sizeBytes / 1000 ** step).toPrecision(3))} ${units[step]}`
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** What says all that there is to say. */
const expected = [
  BackupRefused,
  BackupUnderWay,
  ConfigError,
  DatabaseUnavailable,
  DataDirectoryInUse,
  NoStore,
  NotEmpty,
  SnapshotRefused,
]

function explain(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full; nothing is left behind.'
  if (code === 'EPIPE') return 'Whoever was to take the backup has gone away.'
  if (code === 'EACCES' || code === 'EPERM')
    return `${message}. Run it as the user that the store runs as, who is root for most.`
  const isExpected = expected.some((each) => cause instanceof each)
  if (isExpected || code !== undefined) return message
  return cause instanceof Error ? (cause.stack ?? message) : String(cause)
}
