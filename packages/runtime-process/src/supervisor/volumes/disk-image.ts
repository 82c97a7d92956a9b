import { Buffer } from 'node:buffer'
import { closeSync, openSync, readSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs'
import { CommandError, runCommand } from '../run-command.ts'

export interface NewImage {
  file: string
  sizeBytes: number
  /** Owner of its root directory. */
  uid: number
  /** A directory whose content it begins with. */
  content?: string
}

const mib = 1 << 20
const makeTimeoutMs = 10 * 60_000

/**
 * Makes a file with an ext4 file system that holds at least `sizeBytes`, and little more. It is sparse: what nobody has
 * written takes no room.
 *
 * @throws ENOSPC when the disk beneath is full.
 */
export async function makeImage({ file, sizeBytes, uid, content }: NewImage): Promise<void> {
  const beside = `${file}.new`
  rmSync(beside, { force: true })
  const fd = openSync(beside, 'wx', 0o600)
  closeSync(fd)
  truncateSync(beside, imageBytes(sizeBytes))
  const layout = ['-b', '4096', '-i', '16384', '-m', '0', '-J', `size=${journalBytes(sizeBytes) / mib}`]
  const extended = `nodiscard,lazy_itable_init=1,lazy_journal_init=1,root_owner=${uid}:${uid}`
  const from = content === undefined ? [] : ['-d', content]
  await enough(runCommand('mkfs.ext4', ['-q', '-F', ...layout, '-E', extended, ...from, beside], '', makeTimeoutMs))
  // It stands in every new one, and apps take it for a file of theirs; the check of the file system makes it when needed.
  await enough(runCommand('debugfs', ['-w', '-R', 'rmdir lost+found', beside]))
  renameSync(beside, file)
}

/** Makes the file system larger where `sizeBytes` asks for more than it has; never smaller, and not while it is read for a backup. */
export async function growImage(file: string, sizeBytes: number): Promise<void> {
  const wanted = imageBytes(sizeBytes)
  if (fileSystemBytes(file) >= wanted || (await isMounted(file))) return
  // The tool that resizes asks for it; 1 says that something was put right.
  await runCommand('e2fsck', ['-f', '-p', file], '', makeTimeoutMs).catch((error: unknown) => {
    if (!(error instanceof CommandError) || error.exitCode !== 1) throw error
  })
  if (statSync(file).size < wanted) truncateSync(file, wanted)
  await enough(runCommand('resize2fs', [file], '', makeTimeoutMs))
}

async function isMounted(file: string): Promise<boolean> {
  return (await runCommand('losetup', ['--associated', file])).trim() !== ''
}

/** What the file system itself takes comes on top of what the app may write. */
function imageBytes(sizeBytes: number): number {
  const bytes = Math.max(sizeBytes, mib)
  return Math.ceil((bytes + bytes / 32 + journalBytes(bytes) + 8 * mib) / mib) * mib
}

function journalBytes(sizeBytes: number): number {
  return sizeBytes < 1024 * mib ? 4 * mib : 16 * mib
}

/** As its superblock says: 1024 bytes in, the number of blocks at 4 and the power of their size at 24. */
function fileSystemBytes(file: string): number {
  const superblock = Buffer.alloc(64)
  const fd = openSync(file, 'r')
  try {
    readSync(fd, superblock, 0, superblock.length, 1024)
  } finally {
    closeSync(fd)
  }
  return superblock.readUInt32LE(4) * 2 ** (10 + superblock.readUInt32LE(24))
}

async function enough(command: Promise<string>): Promise<void> {
  try {
    await command
  } catch (error) {
    if (!/no space left|could not allocate/i.test((error as Error).message)) throw error
    throw Object.assign(new Error('No space is left for a volume', { cause: error }), { code: 'ENOSPC' })
  }
}
