import type { ProviderKeys } from '../auth/provider-keys.ts'
import { ConfigError } from '../config/config.ts'
import type { KeyRing } from '../secrets/key-ring.ts'
import type { SettingRepository } from '../settings/repository.ts'

const setting = 'providerKeys'
const place = { secretId: 'provider', key: 'keys' }

/**
 * Keys that all servers of a store have, in its database, sealed by the key of its secrets; `own` become them where there are
 * none yet.
 *
 * @throws {ConfigError} where that key is another one than the other servers'
 */
export async function shareKeys(kept: SettingRepository, ring: KeyRing, own: ProviderKeys): Promise<ProviderKeys> {
  if (!ring.canSeal) return own
  const sealed = await kept.getOrSet(setting, ring.seal({ text: JSON.stringify(own) }, place))
  const opened = ring.open(sealed, place)
  if (!opened || !('text' in opened))
    throw new ConfigError([
      'WAVE_STORE_SECRETS_KEY is not the key that this database was set up with: all servers of one store have the same.',
    ])
  const keys = JSON.parse(opened.text) as ProviderKeys
  if (!sealed.startsWith(ring.currentPrefix)) await kept.set(setting, ring.seal(opened, place))
  return keys
}
