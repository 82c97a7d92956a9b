import type { IncomingMessage } from 'node:http'
import { type Addresses, instanceOrigin } from './destination.ts'
import { movedTo } from './instance-path.ts'
import { isByScript } from './opening.ts'
import { isTopLevelNavigation } from './respond.ts'
import type { OpenVisit } from './visit.ts'

/**
 * Where a page is to be opened that somebody opens at another address of the instance than its main one. What pages
 * that are open there ask for, forms included, is answered where it is asked, so that nothing of theirs is lost; and a
 * forgotten tab that reloads by itself finds a sleeping instance asleep where it is: on the way no one could tell.
 */
export function mainAddress(
  addresses: Addresses,
  request: IncomingMessage,
  { instance, label }: OpenVisit,
): string | undefined {
  if (label === instance.mainLabel || !isTopLevelNavigation(request)) return undefined
  if (instance.status === 'SUSPENDED' && isByScript(request)) return undefined
  const target = movedTo(request.url!, instance, label) ?? request.url!
  return instanceOrigin(instance.mainLabel, addresses) + target
}
