import type { Request, Response } from 'express'
import { resolveLabel } from '../aliases/resolve-label.ts'
import type { AppContext } from '../context.ts'
import { isLabel } from '../gateway/destination.ts'
import { page } from '../http/page.ts'
import { basePathOf } from '../instances/base-path.ts'
import { instanceOrigin } from '../instances/instance-url.ts'
import { actorOf, endSession } from './browser-session.ts'
import { endProviderSession } from './provider.ts'

type Needs = Pick<AppContext, 'aliases' | 'config' | 'instances' | 'provider' | 'sessions'>

/**
 * Where apps send people who sign out in them (OpenID Connect RP-Initiated Logout 1.0). The app is done with them by
 * then; whether the store is too, is for the person to say.
 */
export async function showEndSession(context: Needs, request: Request, response: Response): Promise<void> {
  const actor = await actorOf(context, request)
  if (!actor) return response.redirect(303, await afterwards(context, request))
  response
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(
      page(
        'Sign out of the store too?',
        `<p>You signed out of an app. While you, <strong>${page.escape(actor.name)}</strong>, are signed in to the store, the app knows you again when you open it.</p>
<form method="post">
<button class="primary" name="decision" value="sign_out">Sign out of the store</button>
<button class="secondary" name="decision" value="stay">Stay signed in</button>
</form>`,
      ),
    )
}

export async function continueEndSession(context: Needs, request: Request, response: Response): Promise<void> {
  const form = (request.body ?? {}) as Record<string, unknown>
  if (form.decision === 'sign_out') await signOut(context, request, response)
  response.redirect(303, await afterwards(context, request))
}

/** Ends the session of this browser, with whatever tickets and apps' tokens came from it. */
export async function signOut(
  context: Pick<AppContext, 'config' | 'provider' | 'sessions'>,
  request: Request,
  response: Response,
): Promise<void> {
  await endProviderSession(context.provider, context.config.publicUrl, request)
  await endSession(context, request, response)
}

/** The address that the app asked for when it is one of an instance that signs people in; else the store. */
async function afterwards(context: Needs, { query }: Request): Promise<string> {
  const { config } = context
  const wanted = query.post_logout_redirect_uri
  const label = typeof wanted === 'string' ? URL.parse(wanted)?.hostname.split('.')[0] : undefined
  if (!label || !isLabel(label)) return '/'
  const instance = (await resolveLabel(context, label))?.instance
  return instance && instanceOrigin(config, label) + basePathOf(instance) === wanted ? wanted : '/'
}
