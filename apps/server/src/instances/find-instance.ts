import type { Actor } from '../actor.ts'
import { AppError, notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { may } from './policy.ts'
import type { InstanceRow } from './repository.ts'

const refusals: Record<keyof typeof may, string> = {
  see: 'see it',
  open: 'open it',
  readLogs: 'read its logs',
  readMetrics: 'see what it uses',
  update: 'change who opens it',
  restart: 'restart it',
  suspend: 'suspend it',
  resume: 'resume it',
  terminate: 'terminate it',
}

/**
 * The instance, if the actor may see it and do what is asked.
 *
 * @throws {AppError} `not_found`, or `forbidden` for somebody who sees it.
 */
export async function findInstance(
  { instances }: Pick<AppContext, 'instances'>,
  actor: Actor,
  id: string,
  verb: keyof typeof may = 'see',
): Promise<InstanceRow> {
  const instance = await instances.byId(id)
  if (!instance || !may.see(actor, instance)) throw notFound('instance', id)
  if (!may[verb](actor, instance))
    throw new AppError('forbidden', `This is somebody else's instance: you may not ${refusals[verb]}.`)
  return instance
}
