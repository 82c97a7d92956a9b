import type { Secret } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { can } from '../apps/policy.ts'
import type { AppContext } from '../context.ts'
import { maySecrets } from './policy.ts'
import type { SecretRow } from './repository.ts'
import { usesOf } from './uses.ts'

type Needs = Pick<AppContext, 'apps' | 'people' | 'secrets'>

/** Secrets as one person with full access sees them; values are not in the rows, so that none can get out. */
export async function presentSecrets(context: Needs, actor: Actor, rows: SecretRow[]): Promise<Secret[]> {
  const uses = await usesOf(context, rows)
  return Promise.all(
    rows.map(async (row) => {
      const its = uses.get(row.id) ?? []
      const audience = maySecrets.update(actor, row) ? row.audience : null
      return {
        id: row.id,
        name: row.name,
        description: row.description,
        kind: row.owner ? ('own' as const) : ('shared' as const),
        owner: row.owner,
        keys: row.keys.map(({ key, updatedAt, isLost }) => ({ key, updatedAt: time(updatedAt), isLost })),
        audience,
        audiencePeople: audience?.kind === 'some' ? await context.people.named(audience.people) : [],
        usedBy: its
          .filter(({ app }) => can.see(actor, app))
          .map(({ app, keys }) => ({
            appId: app.id,
            title: app.title,
            version: app.version,
            keys,
            isMine: app.ownerId === actor.id,
          })),
        useCount: its.length,
        createdAt: time(row.createdAt),
        updatedAt: time(row.updatedAt),
        can: { update: maySecrets.update(actor, row), delete: maySecrets.delete(actor, row) },
      }
    }),
  )
}

export async function presentSecret(context: Needs, actor: Actor, row: SecretRow): Promise<Secret> {
  const [secret] = await presentSecrets(context, actor, [row])
  return secret!
}

function time(ms: number): string {
  return new Date(ms).toISOString()
}
