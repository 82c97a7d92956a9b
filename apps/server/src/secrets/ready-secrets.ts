import type { AppContext } from '../context.ts'
import { forgetPreviousKeys } from './open-key-ring.ts'

type Needs = Pick<AppContext, 'config' | 'logger' | 'secrets'>

/** At the start: everything is sealed with the current key, and what cannot be opened is told. */
export async function readySecrets(context: Needs): Promise<void> {
  const { config, logger, secrets } = context
  const count = await secrets.sealAnew()
  if (count > 0) logger.info({ count }, 'Values of secrets were sealed anew with the current key')
  if (secrets.canSeal) await forgetPreviousKeys(config, secrets.ring)
  for (const warning of await secretWarnings(context)) logger.error(warning)
}

/** What is lost or not possible at this moment, for the log and for administrators. */
export async function secretWarnings({ secrets }: Pick<Needs, 'secrets'>): Promise<string[]> {
  const lost = await secrets.lost()
  const named = lost.slice(0, shownSecrets).map(({ name, owner }) => (owner ? `${name} of ${owner.name}` : name))
  const more = lost.length - named.length
  const names = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  return [
    ...(secrets.canSeal
      ? []
      : [`The file secrets.key in the data directory holds no key: no secret can be kept or used. ${remedy}`]),
    ...(lost.length > 0
      ? [
          `The key is missing that sealed values of these secrets: ${names}. Apps that need them cannot be launched. ${remedy}`,
        ]
      : []),
  ]
}

const shownSecrets = 10
const remedy =
  'Bring the key back (WAVE_STORE_SECRETS_KEY, WAVE_STORE_SECRETS_PREVIOUS_KEYS, or the file secrets.key) and start the store again, or set the values anew.'
