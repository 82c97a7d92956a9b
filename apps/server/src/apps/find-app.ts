import type { Actor } from '../actor.ts'
import { AppError, notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { can } from './policy.ts'
import type { AppRow } from './repository.ts'

/**
 * The app, if the actor may see it and do what is asked.
 *
 * @throws {AppError} `not_found`, or `forbidden` for somebody who sees it.
 */
export async function findApp(
  { apps }: Pick<AppContext, 'apps'>,
  actor: Actor,
  id: string,
  verb: keyof typeof can = 'see',
): Promise<AppRow> {
  const app = await apps.byId(id)
  if (!app || !can.see(actor, app)) throw notFound('app', id)
  if (!can[verb](actor, app)) throw new AppError('forbidden', `You may not ${verb} ${app.title} ${app.version}.`)
  return app
}
