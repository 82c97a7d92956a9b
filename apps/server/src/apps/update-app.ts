import { type Visibility, visibilities } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { Config } from '../config/config.ts'
import type { AppContext } from '../context.ts'
import { findApp } from './find-app.ts'
import type { AppRow } from './repository.ts'

/** Visibilities that may be chosen in this store. */
export function offeredVisibilities({ publicMode }: Pick<Config, 'publicMode'>): Visibility[] {
  return visibilities.filter((one) => publicMode || one !== 'PUBLIC')
}

export function requireOffered(config: Pick<Config, 'publicMode'>, visibility: Visibility): void {
  if (!offeredVisibilities(config).includes(visibility))
    throw new AppError('forbidden', `${visibility} is not offered: this store has no public mode.`)
}

/** Changes who sees and runs the app; running instances are left alone. */
export async function updateApp(
  context: Pick<AppContext, 'apps' | 'clock' | 'config' | 'instanceChanges'>,
  actor: Actor,
  input: { appId: string; visibility: Visibility },
): Promise<AppRow> {
  const app = await findApp(context, actor, input.appId, 'update')
  requireOffered(context.config, input.visibility)
  await context.apps.setVisibility(app, input.visibility, context.clock.now())
  context.instanceChanges.tell('all')
  return findApp(context, actor, input.appId)
}
