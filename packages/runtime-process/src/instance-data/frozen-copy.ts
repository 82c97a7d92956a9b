import { rmSync } from 'node:fs'
import { runCommand } from '../supervisor/run-command.ts'
import { entryCommand } from '../supervisor/sandbox/entry-script.ts'

/** How long an app may have to wait for what it writes. */
const frozenSeconds = 60

/** Whatever ends the copying, what the app writes goes on: the shell thaws as its last act, and outlives who asked for it. */
const script = `
at=$1 image=$2 copy=$3
trap 'exit 143' HUP INT TERM
trap 'fsfreeze --unfreeze "$at" 2>/dev/null || :' EXIT
fsfreeze --freeze "$at"
timeout --signal=KILL ${frozenSeconds} cp --sparse=always --reflink=auto -- "$image" "$copy"
`

/**
 * Copies a disk image as it is at one moment, whether its instance runs or not: the same file system is seen here as in
 * the sandbox, and nothing is written to it until the copy is done. What nobody has written stays a hole.
 *
 * @param at a directory that nobody else needs, where the image is mounted for this process alone
 * @throws when there is no room for the copy, or it takes too long; there is none then
 */
export async function copyFrozen(image: string, copy: string, at: string): Promise<void> {
  const [command, ...args] = inView(image, at, ['/bin/sh', '-e', '-c', script, 'copy-frozen', at, image, copy])
  try {
    await runCommand(command!, args, '', 2 * frozenSeconds * 1000)
  } catch (cause) {
    await thaw(image, at)
    rmSync(copy, { force: true })
    throw cause
  }
}

/** A command that sees the image mounted at a directory, as nobody else does; the mount goes with it. */
export function inView(image: string, at: string, command: string[]): string[] {
  const entry = { networkNamespace: null, joinFiles: [], views: [], uid: null }
  return entryCommand({ ...entry, images: [{ file: image, at }] }, command)
}

/** Where the shell was killed itself; one that has thawed already makes this an error, which says nothing. */
async function thaw(image: string, at: string): Promise<void> {
  const [command, ...args] = inView(image, at, ['fsfreeze', '--unfreeze', at])
  await runCommand(command!, args).catch(() => undefined)
}
