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
 * @param isNew whether `own` were just made: a server that had the others' before goes on with these where the key of its
 * secrets is the wrong one, and tells what is lost by that elsewhere
 * @throws {ConfigError} where that key is another one than the other servers', and there is nothing to go on with
 */
export async function shareKeys(
  kept: SettingRepository,
  ring: KeyRing,
  { own, isNew }: { own: ProviderKeys; isNew: boolean },
): Promise<ProviderKeys> {
  if (!ring.canSeal) return own
  const sealed = await kept.getOrSet(setting, ring.seal({ text: JSON.stringify(own) }, place))
  const opened = ring.open(sealed, place)
  if ((!opened || !('text' in opened)) && !isNew) return own
  if (!opened || !('text' in opened))
    throw new ConfigError([
      'WAVE_STORE_SECRETS_KEY is not the key that this database was set up with: all servers of one store have the same.',
    ])
  const keys = JSON.parse(opened.text) as ProviderKeys
  if (!sealed.startsWith(ring.currentPrefix)) await kept.set(setting, ring.seal(opened, place))
  return keys
}
