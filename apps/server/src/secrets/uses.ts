import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import { resolvedNeeds } from './app-needs.ts'
import type { SecretRow } from './repository.ts'

/** An app whose manifest means the secret, and the keys that it asks for. */
export interface SecretUse {
  app: AppRow
  keys: string[]
}

type Needs = Pick<AppContext, 'apps' | 'secrets'>

/** Every app that uses one of the secrets, by the secret's id. */
export async function usesOf(context: Needs, secrets: SecretRow[]): Promise<Map<string, SecretUse[]>> {
  if (secrets.length === 0) return new Map()
  const owners = new Set(secrets.map(({ owner }) => owner?.id))
  const [onlyOwner] = owners.size === 1 ? owners : []
  const asking = await context.apps.askingForSecrets(onlyOwner)
  const needs = await resolvedNeeds(context, asking)
  const uses = new Map<string, SecretUse[]>()
  for (const app of asking)
    for (const { secret, keys } of needs.get(app.id) ?? [])
      if (secret) uses.set(secret.id, [...(uses.get(secret.id) ?? []), { app, keys: keys.map(({ key }) => key) }])
  return uses
}

export async function appsUsing(context: Needs, secret: SecretRow): Promise<SecretUse[]> {
  return (await usesOf(context, [secret])).get(secret.id) ?? []
}
