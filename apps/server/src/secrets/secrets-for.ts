import type { EnvEntry, FileEntry } from '@wave-store/bundle'
import type { SecretValue } from '@wave-store/contract'
import { type InjectedSecrets, injectSecrets } from '@wave-store/instance-spec'
import type { Reader } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { manifestOf } from '../apps/manifest-of.ts'
import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import { missingRefusal, resolvedNeeds } from './app-needs.ts'
import type { ResolvedNeed } from './resolve.ts'

/**
 * What the app is given of secrets.
 *
 * @param reader who is told; null: whoever sees the failed instance
 * @throws {AppError} `cannot_launch` with everything that is missing, or that no environment can hold; never with a value
 */
export async function secretsFor(
  context: Pick<AppContext, 'secrets'>,
  reader: Reader,
  app: AppRow,
): Promise<InjectedSecrets> {
  const needs = (await resolvedNeeds(context, [app])).get(app.id) ?? []
  const refusal = missingRefusal(needs, reader, app)
  if (refusal) throw new AppError('cannot_launch', refusal)
  const opened = await openAll(context, needs)
  const manifest = manifestOf(app)
  const { secrets, problems, missing } = injectSecrets(manifest, (_, { name, key }) => opened.get(`${name} ${key}`))
  const faults = new Set([...missing.map(cannotBeOpened), ...problems])
  if (faults.size > 0) throw new AppError('cannot_launch', `${[...faults].join('. ')}.`)
  return secrets
}

function cannotBeOpened({ secret }: EnvEntry | FileEntry): string {
  return `The key ${secret?.key} of the secret ${secret?.name} cannot be opened: set it anew under Secrets`
}

/** By `<secret> <key>`; undefined: it is there and cannot be opened. */
type Opened = Map<string, SecretValue | undefined>

async function openAll({ secrets }: Pick<AppContext, 'secrets'>, needs: ResolvedNeed[]): Promise<Opened> {
  const opened: Opened = new Map()
  for (const { name, keys, secret } of needs) {
    if (!secret) continue
    const wanted = keys.map(({ key }) => key)
    for (const [key, value] of await secrets.open(secret.id, wanted)) opened.set(`${name} ${key}`, value)
  }
  return opened
}
