import type { Visibility } from '@wave-store/contract'
import type { ThingKind } from '../../access/access-table.ts'
import type { AccessWorld } from './access-world.ts'

/** What an operation is tried on; empty where it is on none of the kind. */
export interface Things {
  appId: string
  instanceId: string
  tagId: string
  accountId: string
  secretId: string
  /** Its name. */
  alias: string
}

const none: Things = { appId: '', instanceId: '', tagId: '', accountId: '', secretId: '', alias: '' }

/** @param like as the rows of the access table call it, such as `PRIVATE MANAGED` or `limited on PUBLIC` */
export async function makeThings(world: AccessWorld, on: ThingKind, like: string): Promise<Things> {
  switch (on) {
    case 'none':
      return none
    case 'app':
      return { ...none, appId: await world.app(...kindOf(like)) }
    case 'instance':
      return { ...none, instanceId: await world.instance(...kindOf(like)) }
    case 'tag':
      return { ...none, tagId: await world.tag(like as 'limited' | 'open') }
    case 'assignment': {
      const [tag, visibility] = like.split(' on ') as ['limited' | 'open', Visibility]
      return { ...none, tagId: await world.tag(tag), appId: await world.app(visibility) }
    }
    case 'secret':
      return { ...none, secretId: await world.secret(like as 'own' | 'shared' | 'limited') }
    case 'alias': {
      const instanceId = await world.instance(...kindOf(like))
      return { ...none, instanceId, alias: await world.alias(instanceId) }
    }
    case 'account':
      return { ...none, accountId: await world.account() }
  }
}

function kindOf(like: string): [Visibility, string] {
  const [visibility, lifecycle] = like.split(' ')
  return [visibility as Visibility, lifecycle ?? 'ON_DEMAND']
}

export function visibilityOf(like: string): Visibility {
  return kindOf(like.split(' on ').at(-1)!)[0]
}
