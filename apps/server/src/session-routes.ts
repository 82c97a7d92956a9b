import { type Notice, operations, type Session } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from './actor.ts'
import { offeredVisibilities } from './apps/update-app.ts'
import { signOut } from './auth/end-session.ts'
import { configWarnings } from './config/config-warnings.ts'
import type { AppContext } from './context.ts'
import { mount } from './http/mount.ts'
import { secretWarnings } from './secrets/ready-secrets.ts'

export function sessionRoutes(context: AppContext): Router {
  const router = Router()
  mount(router, operations.getSession, async ({ actor }) => presentSession(context, actor))
  mount(router, operations.signOut, async ({ request, response }) => signOut(context, request, response))
  return router
}

/** More is as good as many. */
const newsCap = 100

async function presentSession(context: AppContext, actor: Actor | null): Promise<Session> {
  const { audit, config, people } = context
  return {
    user: actor && presentUser(actor),
    notices: [...context.settings.notices, ...(actor ? await noticesFor(context, actor) : [])],
    unseenNews: actor ? await audit.countNews(actor.id, await people.newsSeenBy(actor.id), newsCap) : 0,
    settings: {
      publicUrl: config.publicUrl.origin,
      appsHost: config.appsHost,
      visibilities: offeredVisibilities(config),
      bundleMaxBytes: config.bundles.maxBytes,
      strictVersions: config.bundles.strictVersions,
      publicMode: config.publicMode,
      localAccounts: config.identity.source.kind === 'local',
      adminRole: config.identity.roles.adminRole,
    },
    can: {
      importApps: actor?.hasFullAccess ?? false,
      administer: actor?.isAdmin ?? false,
      seeTags: actor?.hasFullAccess ?? false,
    },
  }
}

function presentUser({ id, name, email, isAdmin, hasFullAccess, roles }: Actor): Session['user'] {
  return { id, name, email, isAdmin, hasFullAccess, roles: [...roles] }
}

async function noticesFor(context: AppContext, { isAdmin }: Actor): Promise<Notice[]> {
  const { capabilities, config } = context
  const { isolation, advice } = capabilities
  const isWeak = isolation !== 'full' && advice !== ''
  const forAdmins = isAdmin ? [...configWarnings(config), ...(await secretWarnings(context))] : []
  return [
    ...(isWeak ? [{ severity: isolation === 'none' ? 'severeWarning' : 'warning', text: advice } as const] : []),
    ...forAdmins.map((text) => ({ severity: 'warning', text }) as const),
  ]
}
