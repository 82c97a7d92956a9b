import { randomUUID } from 'node:crypto'
import type { Visibility } from '@wave-store/contract'
import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { findApp } from '../apps/find-app.ts'
import { can } from '../apps/policy.ts'
import { manifestOf } from '../apps/present-app.ts'
import type { AppRow } from '../apps/repository.ts'
import { requireOffered } from '../apps/update-app.ts'
import type { AppContext } from '../context.ts'
import type { InstanceRow } from './repository.ts'
import { requireStartable } from './require-startable.ts'

type Needs = Pick<
  AppContext,
  'apps' | 'capabilities' | 'clock' | 'config' | 'instances' | 'limits' | 'reconciler' | 'secrets'
>

/**
 * Asks for an instance and returns at once.
 *
 * @param input.address of the client
 * @throws {AppError} `not_found`, `forbidden`, `conflict` for a second instance of a MANAGED app, `cannot_launch` with the reason, `quota_exceeded`, `rate_limited`
 */
export async function launchInstance(
  context: Needs,
  actor: Actor,
  input: { appId: string; visibility?: Visibility | undefined; address: string },
): Promise<InstanceRow> {
  const app = await findApp(context, actor, input.appId)
  requireLaunchable(actor, app)
  const { visibility = app.lifecycle === 'MANAGED' ? 'ALL_USERS' : 'PRIVATE' } = input
  requireOffered(context.config, visibility)
  const reservation = await requireStartable(context, actor, app)
  await context.limits.launches.take({ personId: actor.id, address: input.address })
  const id = randomUUID()
  const now = context.clock.now()
  await context.instances.insert(
    {
      id,
      appId: app.id,
      ownerId: actor.id,
      visibility,
      wanted: 'running',
      generation: 1,
      status: 'PENDING',
      phase: 'queued',
      phaseSince: now,
      failureJson: null,
      addressJson: null,
      createdAt: now,
      startedAt: now,
      ...reservation,
      failureLog: null,
      keepAwakeUntil: null,
      lastUsedAt: null,
      silentSince: null,
      restarts: 0,
      nextStartAt: null,
      queueJson: null,
      suspendReason: null,
      suspendedAt: null,
    },
    actor.hasFullAccess ? context.config.instances.perUser : context.config.instances.perVisitor,
  )
  context.reconciler.wake()
  return (await context.instances.byId(id))!
}

function requireLaunchable(actor: Actor, app: AppRow): void {
  if (app.lifecycle === 'LINK')
    throw new AppError(
      'cannot_launch',
      `${app.title} is a link to ${manifestOf(app).link?.address}; there is nothing to launch.`,
    )
  if (!can.launch(actor, app)) throw new AppError('forbidden', `You may not launch ${app.title} ${app.version}.`)
}
