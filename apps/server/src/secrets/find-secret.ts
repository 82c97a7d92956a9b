import type { Actor } from '../actor.ts'
import { AppError, notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { maySecrets } from './policy.ts'
import type { SecretRow } from './repository.ts'

/**
 * The secret, if the actor may see it and do what is asked.
 *
 * @throws {AppError} `not_found`; `forbidden` for somebody who sees it
 */
export async function findSecret(
  { apps, secrets }: Pick<AppContext, 'apps' | 'secrets'>,
  actor: Actor,
  id: string,
  verb: 'see' | 'update' | 'delete' = 'see',
): Promise<SecretRow> {
  const secret = await secrets.byId(id)
  if (!secret || !maySecrets.see(actor, secret, await apps.namesOwnedBy(actor.id))) throw notFound('secret', id)
  if (verb !== 'see' && !maySecrets[verb](actor, secret)) throw new AppError('forbidden', refusal(secret, verb))
  return secret
}

function refusal({ name, owner }: SecretRow, verb: string): string {
  if (owner) return `Only ${owner.name} may ${verb} their secret ${name}.`
  return `Only administrators ${verb} shared secrets. You may not ${verb} ${name}.`
}
