import { type Notice, operations, type Session } from '@wave-store/contract'
import { Router } from 'express'
import type { Actor } from './actor.ts'
import { offeredVisibilities } from './apps/update-app.ts'
import { endSession } from './auth/browser-session.ts'
import type { AppContext } from './context.ts'
import { mount } from './http/mount.ts'

export function sessionRoutes(context: AppContext): Router {
  const router = Router()
  mount(router, operations.getSession, async ({ actor }) => presentSession(context, actor))
  mount(router, operations.signOut, async ({ request, response }) => endSession(context, request, response))
  return router
}

function presentSession(context: AppContext, actor: Actor | null): Session {
  const { config } = context
  return {
    user: actor && presentUser(actor),
    notices: actor ? noticesOf(context) : [],
    unseenNews: 0,
    settings: {
      publicUrl: config.publicUrl.origin,
      appsHost: config.appsHost,
      visibilities: [...offeredVisibilities],
      bundleMaxBytes: config.bundles.maxBytes,
      strictVersions: config.bundles.strictVersions,
      publicMode: config.publicMode,
      localAccounts: config.identity.source.kind === 'local',
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

function noticesOf({ capabilities }: AppContext): Notice[] {
  if (capabilities.isolation === 'full' || capabilities.advice === '') return []
  return [{ severity: capabilities.isolation === 'none' ? 'severeWarning' : 'warning', text: capabilities.advice }]
}
