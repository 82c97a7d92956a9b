import { longestSecretBytes, type SecretAudience, type SecretValue } from '@wave-store/contract'
import { bytesOf } from '@wave-store/instance-spec'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { can } from '../apps/policy.ts'
import type { AppContext } from '../context.ts'
import { findSecret } from './find-secret.ts'
import { maySecrets } from './policy.ts'
import type { SecretChanges, SecretRow } from './repository.ts'
import { appsUsing } from './uses.ts'

type Needs = Pick<AppContext, 'apps' | 'config' | 'people' | 'secrets'>

/** @throws {AppError} `forbidden`, `conflict`, `quota_exceeded`, `too_large`, `unavailable`, `invalid_request` */
export async function createSecret(
  context: Needs,
  actor: Actor,
  input: {
    name: string
    kind: 'own' | 'shared'
    description: string
    values: Record<string, SecretValue>
    audience?: SecretAudience | undefined
  },
): Promise<SecretRow> {
  const { kind, audience = { kind: 'everyone' }, ...secret } = input
  if (!maySecrets.create(actor)) throw new AppError('forbidden', 'Visitors keep no secrets.')
  if (kind === 'shared' && !maySecrets.createShared(actor))
    throw new AppError('forbidden', 'Only administrators make shared secrets.')
  if (kind === 'own') requireNoAudience(input.audience)
  else await requireKnown(context, audience)
  requireKeepable(context, input.values)
  return context.secrets.insert(
    kind === 'own' ? { ...secret, ownerId: actor.id, audience: null } : { ...secret, ownerId: null, audience },
    context.config.secrets.perUser,
  )
}

/** @throws {AppError} `not_found`, `forbidden`, `too_large`, `unavailable`, `invalid_request` */
export async function updateSecret(
  context: Needs,
  actor: Actor,
  { secretId, ...changes }: SecretChanges & { secretId: string },
): Promise<SecretRow> {
  const { owner } = await findSecret(context, actor, secretId, 'update')
  if (owner) requireNoAudience(changes.audience)
  else if (changes.audience) await requireKnown(context, changes.audience)
  const both = (changes.remove ?? []).find((key) => Object.hasOwn(changes.set ?? {}, key))
  if (both !== undefined) throw new AppError('invalid_request', `${both} cannot be set and removed at once.`)
  requireKeepable(context, changes.set ?? {})
  await context.secrets.update(secretId, changes)
  return findSecret(context, actor, secretId)
}

/** @throws {AppError} `not_found`, `forbidden`, `in_use` with the apps that the actor may see */
export async function deleteSecret(context: Needs, actor: Actor, secretId: string): Promise<void> {
  const secret = await findSecret(context, actor, secretId, 'delete')
  const uses = await appsUsing(context, secret)
  if (uses.length > 0) {
    const seen = uses.filter(({ app }) => can.see(actor, app)).map(({ app }) => `${app.title} ${app.version}`)
    const more = uses.length - seen.length
    const names = [...seen, ...(more > 0 ? [`${more} more`] : [])].join(', ')
    throw new AppError('in_use', `${secret.name} is used by ${names}. Delete what uses it first.`)
  }
  await context.secrets.delete(secretId)
}

function requireNoAudience(audience: SecretAudience | undefined): void {
  if (audience)
    throw new AppError('invalid_request', 'A secret of your own is for your apps alone: it has no audience.')
}

/** An app's name that nobody has yet would be for whoever takes it first. */
async function requireKnown({ apps, people }: Needs, audience: SecretAudience): Promise<void> {
  if (audience.kind === 'everyone') return
  const known = new Set((await people.named(audience.people)).map(({ id }) => id))
  const stranger = audience.people.find((id) => !known.has(id))
  if (stranger !== undefined) throw new AppError('invalid_request', `Nobody here has the id ${stranger}.`)
  for (const name of audience.apps)
    if ((await apps.ownerOfName(name)) === undefined)
      throw new AppError(
        'invalid_request',
        `There is no app with the name ${name}. Import it first, or name its owner.`,
      )
}

function requireKeepable({ secrets }: Needs, values: Record<string, SecretValue>): void {
  const entries = Object.entries(values)
  if (entries.length > 0 && !secrets.canSeal)
    throw new AppError('unavailable', 'The store has no key to keep secrets with; an administrator is told more.')
  const large = entries.find(([, value]) => bytesOf(value).byteLength > longestSecretBytes)
  if (large) throw new AppError('too_large', `The value of ${large[0]} is larger than 1 MiB.`)
}
