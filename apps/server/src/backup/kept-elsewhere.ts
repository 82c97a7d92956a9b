import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { keyFileIn, readKeyFile } from '../secrets/key-file.ts'
import { keyIdOf } from '../secrets/key-ring.ts'

/** Files that open what is sealed in the database, and so are in no backup of it. */
export const keyFiles = ['keys.json', 'secrets.key'] as const

/** Those that this store has. */
export function keyFilesIn(dataDir: string): string[] {
  return keyFiles.map((name) => join(dataDir, name)).filter((path) => existsSync(path))
}

/** Tells one store's `keys.json` from another's; null where there is none. */
export async function providerKeysIn(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, 'keys.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const { sealingKey = '' } = JSON.parse(text) as { sealingKey?: string }
  return createHmac('sha256', sealingKey).update('wave store keys').digest('hex').slice(0, 16)
}

/** Names of the keys for secrets that a store in this directory would have, as sealed values name theirs. */
export async function secretKeysOf({ dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>): Promise<Set<string>> {
  const kept = (await readKeyFile(keyFileIn(dataDir))) ?? []
  const keys = [...(secrets.key ? [secrets.key] : []), ...secrets.previousKeys, ...kept]
  return new Set(keys.map(keyIdOf))
}
