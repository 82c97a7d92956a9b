import { StoreError } from '@wave-store/client'
import type { Row } from '../../access/access-table.ts'
import type { Scene } from './access-attempts.ts'

/**
 * What the actor is told that they may do, as `can` says it in what they see of the thing. Undefined: they see nothing of
 * it, or nobody is signed in.
 */
export async function toldAbility({ on, can }: Row, scene: Scene): Promise<boolean | undefined> {
  if (can === undefined || !scene.who) return undefined
  const told = await abilities(on, scene).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'not_found') return undefined
    throw error
  })
  return told?.[can]
}

async function abilities(on: Row['on'], { who, things }: Scene): Promise<Record<string, boolean> | undefined> {
  const { client } = who!
  const { appId, instanceId, tagId, accountId, secretId, alias } = things
  switch (on) {
    case 'none':
      return (await client.getSession()).can
    case 'app':
      return (await client.getApp({ params: { appId } })).can
    case 'instance':
      return (await client.getInstance({ params: { instanceId } })).can
    case 'tag':
      return (await client.getTag({ params: { tagId } })).can
    case 'assignment':
      await client.getApp({ params: { appId } })
      return (await client.getTag({ params: { tagId } })).can
    case 'secret':
      return (await client.getSecret({ params: { secretId } })).can
    case 'alias':
      return (await client.listAliases({ query: { instanceId } })).items.find(({ name }) => name === alias)?.can
    case 'account':
      return (await client.listAccounts().catch(() => undefined))?.items.find((one) => one.id === accountId)?.can
  }
}
