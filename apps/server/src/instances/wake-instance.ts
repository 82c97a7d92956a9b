import type { Reader } from '../actor.ts'
import { notFound } from '../app-error.ts'
import { instanceTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { networkOf } from '../http/client-address.ts'
import { may } from './policy.ts'
import { type StartNeeds, startAsleep } from './start-asleep.ts'

type Needs = StartNeeds & Pick<AppContext, 'audit' | 'limits'>

/**
 * Wakes a sleeping instance for somebody who opens it: whoever may do that, its owner or not, signed in or not.
 *
 * @param visit.address of the client
 * @throws {AppError} `not_found` for who may not open it, `rate_limited`, and what `startAsleep` throws
 */
export async function wakeInstance(
  context: Needs,
  reader: Reader,
  { id, address }: { id: string; address: string },
): Promise<void> {
  const instance = await context.instances.byId(id)
  if (!instance || !may.open(reader, instance)) throw notFound('instance', id)
  if (instance.wanted !== 'suspended') return
  await takeTurn(context, reader, address)
  if (!(await startAsleep(context, reader, instance))) return
  await context.audit.append({
    actor: reader && { id: reader.id, name: reader.name },
    via: 'browser',
    address,
    action: 'instance.wake',
    target: instanceTarget(instance),
    outcome: 'done',
    detail: '',
  })
}

async function takeTurn({ limits }: Needs, reader: Reader, address: string): Promise<void> {
  if (reader) await limits.wakes.take({ personId: reader.id, address })
  else await limits.strangersWakes.take(networkOf(address))
}
