import type { AppDetails, ProblemItem } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import { manifestOf } from '../apps/manifest-of.ts'
import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import { missingKeys, missingNeeded, type ResolvedNeed, resolve, secretNeeds } from './resolve.ts'

/** What each app asks of secrets, and whose they are, by the app's id; apps that ask for none are left out. */
export async function resolvedNeeds(
  { secrets }: Pick<AppContext, 'secrets'>,
  apps: Pick<AppRow, 'id' | 'ownerId' | 'name' | 'manifestJson'>[],
): Promise<Map<string, ResolvedNeed[]>> {
  const asking = apps
    .map((app) => ({ app, needs: secretNeeds(manifestOf(app)) }))
    .filter(({ needs }) => needs.length > 0)
  const names = [...new Set(asking.flatMap(({ needs }) => needs.map(({ name }) => name)))]
  if (names.length === 0) return new Map()
  const known = await secrets.list({ names })
  return new Map(
    asking.map(({ app, needs }) => [
      app.id,
      needs.map((need) => ({ ...need, secret: resolve(need.name, app, known) })),
    ]),
  )
}

export function presentNeeds(needs: ResolvedNeed[]): AppDetails['secrets'] {
  return needs.map((need) => {
    const isOptional = need.keys.every((key) => key.isOptional)
    const missing = isOptional ? missingKeys(need) : missingNeeded(need)
    const found = need.secret === null || missing.length > 0 ? null : need.secret.owner ? 'own' : 'shared'
    return {
      name: need.name,
      keys: need.keys.map(({ key }) => key),
      isOptional,
      found,
      missingKeys: missingKeys(need),
    }
  })
}

/** As warnings of an app, for as long as it is so. */
export function missingWarnings(needs: ResolvedNeed[]): ProblemItem[] {
  return needs
    .filter((need) => missingKeys(need).length > 0)
    .map((need) => ({
      severity: 'warning',
      code: 'secret_missing',
      message: `${inWords(need, missingKeys(need))}. ${
        missingNeeded(need).length > 0 ? 'Until it is added the app cannot be launched.' : 'The app runs without it.'
      }`,
      place: { entry: 'app.toml', table: need.table, key: 'Secret' },
    }))
}

/**
 * Why the app cannot be launched, with every secret and key that is missing, and where to add it; null: nothing that it
 * cannot go without is.
 */
export function missingRefusal(
  needs: ResolvedNeed[],
  reader: Reader,
  app: Pick<AppRow, 'ownerId' | 'ownerName'>,
): string | null {
  const missing = needs.filter((need) => missingNeeded(need).length > 0)
  if (missing.length === 0) return null
  const sentences = missing.map((need) => inWords(need, missingNeeded(need)))
  return `${[...sentences, `${whoAdds(reader, app)} under Secrets`].join('. ')}.`
}

function whoAdds(reader: Reader, { ownerId, ownerName }: Pick<AppRow, 'ownerId' | 'ownerName'>): string {
  return reader?.id === ownerId ? 'You can add it' : `${ownerName}, who owns the app, can add it`
}

function inWords({ name, secret }: ResolvedNeed, missing: string[]): string {
  const keys = `${missing.length === 1 ? 'key' : 'keys'} ${missing.join(', ')}`
  if (!secret) return `The secret ${name} with the ${keys} is missing`
  const isLost = missing.some((key) => secret.keys.some((one) => one.key === key))
  if (isLost) return `The secret ${name} cannot be opened, as the store lost what sealed it: set the ${keys} anew`
  return `The secret ${name} lacks the ${keys}`
}
