import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Stands beside the database, and is no part of its backup. */
export function keyFileIn(dataDir: string): string {
  return join(dataDir, 'secrets.key')
}

/**
 * Keys of 32 bytes, one a line in base64; the first one seals. Lines that begin with `#` say what it is.
 *
 * @returns undefined where there is no file; null where it holds something else
 */
export async function readKeyFile(path: string): Promise<Buffer[] | null | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw cause
  })
  if (text === undefined) return undefined
  await chmod(path, 0o600)
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'))
  return keys.length > 0 && keys.every((key) => key.length === 32) ? keys : null
}

/** Replaces the file as a whole: whoever reads it finds the old keys or the new ones, after a power cut too. */
export async function writeKeyFile(path: string, keys: Buffer[]): Promise<void> {
  const lines = keys.map((key) => key.toString('base64'))
  const text = ['# Seals the secrets of this Wave App Store; without it they are lost.', ...lines, ''].join('\n')
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  const directory = await open(dirname(path))
  await directory.sync()
  await directory.close()
}

export function newKey(): Buffer {
  return randomBytes(32)
}
