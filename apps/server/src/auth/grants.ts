import type { KoaContextWithOIDC } from 'oidc-provider'
import { cliClientId, storeClientId } from './clients.ts'
import type { GrantRepository } from './grant-repository.ts'
import { instanceIdOf } from './instance-clients.ts'
import { isDeviceFlow } from './interaction-policy.ts'

const storeScopes = 'openid profile email roles'

/**
 * What a person has granted the client that asks: all that it needs to the store itself, and to a command line whose
 * code they confirmed; what they said on the page of consent otherwise, which an instance need not ask for twice.
 */
export async function loadGrant(
  context: KoaContextWithOIDC,
  { resource, grants }: { resource: string; grants: GrantRepository },
) {
  const { client, session, provider, result } = context.oidc
  const granted = result?.consent?.grantId
  if (granted) return provider.Grant.find(granted)
  if (client && instanceIdOf(client.clientId) !== undefined) {
    const remembered = await grants.latestOf(session?.accountId, client.clientId)
    return remembered === undefined ? undefined : provider.Grant.find(remembered)
  }
  const isConfirmed = client?.clientId === cliClientId && isDeviceFlow(context)
  if (client?.clientId !== storeClientId && !isConfirmed) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session!.accountId! })
  grant.addOIDCScope(storeScopes)
  if (isConfirmed) grant.addResourceScope(resource, 'api')
  await grant.save()
  return grant
}
