import type { Client } from '@wave-store/client'
import type { Secret } from '@wave-store/contract'
import { Failure } from '../../failure.ts'

export type SecretKind = Secret['kind']

/**
 * @param secret its id or name
 * @param kind of two of one name the one that is meant
 * @throws {Failure} when there is none
 */
export async function findSecret(client: Client, secret: string, kind: SecretKind): Promise<Secret> {
  const { items } = await client.listSecrets({ query: { scope: kind === 'shared' ? 'all' : 'usable' } })
  const named = items.filter(({ name }) => name === secret)
  const found = items.find(({ id }) => id === secret) ?? named.find((one) => one.kind === kind) ?? named[0]
  if (!found)
    throw new Failure(`There is no secret “${secret}”.`, { next: 'See which there are with: h2o secret list' })
  return found
}
