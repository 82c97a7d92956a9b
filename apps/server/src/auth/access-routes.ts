import { type ApiToken, operations, type TokenScope } from '@wave-store/contract'
import { Router } from 'express'
import { AppError, notFound } from '../app-error.ts'
import { fields } from '../audit/event.ts'
import { ownTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { version } from '../version.ts'
import type { ApiTokenRow } from './api-token-repository.ts'
import { sessionCookieOptions, sessionToken } from './browser-session.ts'
import { apiResource, cliClientId, cliScopes } from './clients.ts'
import { endOwnSession, ownSessions } from './own-sessions.ts'
import { providerPath } from './provider.ts'
import { signOutEverywhere } from './sign-out-everywhere.ts'

/** How people and their programs come in: discovery, API tokens, where somebody is signed in. */
export function accessRoutes(context: AppContext): Router {
  const router = Router()
  const { apiTokens, clock, config } = context
  const endpoint = config.publicUrl.origin

  mount(router, operations.discover, async () => ({
    product: 'wave-app-store' as const,
    version,
    endpoint,
    openApiUrl: `${endpoint}/api/openapi.json`,
    oidc: {
      issuer: endpoint + providerPath,
      clientId: cliClientId,
      scopes: cliScopes,
      resource: apiResource(config.publicUrl),
    },
    appsHost: config.appsHost,
  }))

  mount(router, operations.listTokens, async ({ actor }) => ({
    items: (await apiTokens.listOf(actor.id)).map((row) => presentToken(row, clock.now())),
  }))

  mount(router, operations.createToken, async ({ actor, audit, body }) => {
    if (body.scopes.includes('admin') && !actor.isAdmin)
      throw new AppError('forbidden', 'Only administrators make tokens with the scope admin.')
    const { row, secret } = await apiTokens.create(actor.id, body)
    audit.about(ownTarget('token', actor, row), fields({ scopes: body.scopes, expiresInDays: body.expiresInDays }))
    return { token: presentToken(row, clock.now()), secret }
  })

  mount(router, operations.revokeToken, async ({ actor, params }) => {
    if (!(await apiTokens.revoke(actor.id, params.tokenId))) throw notFound('token', params.tokenId)
  })

  mount(router, operations.listSessions, async ({ actor, request }) => ({
    items: await ownSessions(context, actor.id, sessionToken(request)),
  }))

  mount(router, operations.endSession, async ({ actor, params }) => {
    if (!(await endOwnSession(context, actor.id, params.sessionId))) throw notFound('session', params.sessionId)
  })

  mount(router, operations.endAllSessions, async ({ actor, response }) => {
    await signOutEverywhere(context, actor.id)
    response.clearCookie(...sessionCookieOptions)
  })

  return router
}

function presentToken(row: ApiTokenRow, now: number): ApiToken {
  const time = (at: number) => new Date(at).toISOString()
  return {
    id: row.id,
    name: row.name,
    scopes: JSON.parse(row.scopesJson) as TokenScope[],
    createdAt: time(row.createdAt),
    expiresAt: time(row.expiresAt),
    lastUsedAt: row.lastUsedAt === null ? null : time(row.lastUsedAt),
    lastUsedFrom: row.lastUsedFrom,
    isExpired: row.expiresAt <= now,
  }
}
