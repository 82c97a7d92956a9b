import type { Visibility } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findApp } from './find-app.ts'
import type { AppRow } from './repository.ts'

/** Visibilities that may be chosen in this store. */
export const offeredVisibilities: readonly Visibility[] = ['PRIVATE', 'ALL_USERS']

export function requireOffered(visibility: Visibility): void {
  if (!offeredVisibilities.includes(visibility))
    throw new AppError('forbidden', `${visibility} is not offered: this store has no public mode.`)
}

/** Changes who sees and runs the app; running instances are left alone. */
export async function updateApp(
  context: Pick<AppContext, 'apps' | 'clock'>,
  actor: Actor,
  input: { appId: string; visibility: Visibility },
): Promise<AppRow> {
  const app = await findApp(context, actor, input.appId, 'update')
  requireOffered(input.visibility)
  await context.apps.setVisibility(app, input.visibility, context.clock.now())
  return findApp(context, actor, input.appId)
}
