import type { Reader } from '../actor.ts'
import { AppError, notFound, unauthenticated } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { can } from './policy.ts'
import type { AppRow } from './repository.ts'

/**
 * The app, if the actor may see it and do what is asked.
 *
 * @throws {AppError} `not_found` (`unauthenticated` for who is not signed in and may then see it), or `forbidden` for somebody who sees it.
 */
export async function findApp(
  { apps }: Pick<AppContext, 'apps'>,
  reader: Reader,
  id: string,
  verb: keyof typeof can = 'see',
): Promise<AppRow> {
  const app = await apps.byId(id)
  if (!app || !can.see(reader, app)) throw reader ? notFound('app', id) : unauthenticated()
  if (!can[verb](reader, app)) throw new AppError('forbidden', `You may not ${verb} ${app.title} ${app.version}.`)
  return app
}
