import type { Config } from '../config/config.ts'
import { keyFileIn, newKey, readKeyFile, writeKeyFile } from './key-file.ts'
import { KeyRing } from './key-ring.ts'

/**
 * The ring of this store: the configured key and the previous ones, or those of the key file, which is made at the first
 * run. Keys of a file beside a configured key still open what they sealed.
 */
export async function openKeyRing({ dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>): Promise<KeyRing> {
  const path = keyFileIn(dataDir)
  const kept = await readKeyFile(path)
  if (secrets.key) return new KeyRing([secrets.key, ...secrets.previousKeys, ...(kept ?? [])])
  // What is in the file may be mended, so nothing takes its place; until then nothing can be kept.
  if (kept === null) return new KeyRing([])
  if (kept) return new KeyRing([...kept, ...secrets.previousKeys])
  const key = newKey()
  await writeKeyFile(path, [key])
  return new KeyRing([key, ...secrets.previousKeys])
}

/** Takes the keys out of the file that nothing is sealed with any more, unless another one seals from the next start on. */
export async function forgetPreviousKeys(
  { dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>,
  ring: KeyRing,
): Promise<void> {
  if (secrets.key) return
  const path = keyFileIn(dataDir)
  const [current, ...previous] = (await readKeyFile(path)) ?? []
  if (current && previous.length > 0 && ring.sealsWith(current)) await writeKeyFile(path, [current])
}

/**
 * Puts a new key in front of those in the file; the next start of the store seals everything with it and takes the old
 * ones out. One write that is whole or not at all: wherever it is cut off, every key that is needed is there.
 *
 * @returns false where no file holds a key
 */
export async function rotateKeyFile(dataDir: string): Promise<boolean> {
  const path = keyFileIn(dataDir)
  const kept = await readKeyFile(path)
  if (!kept) return false
  await writeKeyFile(path, [newKey(), ...kept])
  return true
}
