import type { Request, Response } from 'express'
import type Provider from 'oidc-provider'
import { notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { page } from '../http/page.ts'
import { instanceUrl } from '../instances/instance-url.ts'
import { may } from '../instances/policy.ts'
import { actorOf } from './browser-session.ts'
import { instanceIdOf, instanceScopes } from './instance-clients.ts'

type Details = Awaited<ReturnType<Provider['interactionDetails']>>
type Needs = Pick<AppContext, 'config' | 'instanceClients' | 'provider' | 'sessions'>

export interface Asking {
  title: string
  ownerName: string
  url: string
}

/**
 * The instance that an interaction is about; undefined when it is about a client of the store itself.
 *
 * @throws {AppError} `not_found` when whoever is signed in may not open the instance at this moment
 */
export async function askingInstance(
  context: Needs,
  { params }: Details,
  request: Request,
): Promise<Asking | undefined> {
  const id = instanceIdOf(params.client_id)
  if (id === undefined) return undefined
  const instance = await context.instanceClients.instanceOf(params.client_id)
  const actor = await actorOf(context, request)
  if (!instance || (actor && !may.open(actor, instance))) throw notFound('instance', id)
  return { title: instance.appTitle, ownerName: instance.appOwnerName, url: instanceUrl(context.config, id) }
}

/** Asks once for each person and instance; the app runs code of its owner's, whom the store does not vouch for. */
export function instanceConsentPage(
  { title, ownerName, url }: Asking,
  person: { name: string; email: string },
): string {
  const address = person.email ? ` and your e-mail address (${page.escape(person.email)})` : ''
  return page(
    `${title} wants to know who you are`,
    `<p>It is an app of ${page.escape(ownerName)}, at <strong>${page.escape(new URL(url).host)}</strong>.</p>
<p>Allowed, it learns your name (${page.escape(person.name)})${address}. It can do nothing in the store for you.</p>
<form method="post">
<button class="primary" name="decision" value="allow">Allow</button>
<button class="secondary" name="decision" value="refuse">Refuse</button>
</form>`,
  )
}

/** Grants all that the page spoke of, so that it is not asked again, or leaves the app without an answer. */
export async function answerInstanceConsent(
  { provider }: Needs,
  asking: Asking,
  answer: { details: Details; isAllowed: boolean; request: Request; response: Response },
): Promise<void> {
  const { details, isAllowed, request, response } = answer
  if (!isAllowed) {
    await details.destroy()
    response.set('Cache-Control', 'no-store').type('html').send(refusedPage(asking))
    return
  }
  const grant = new provider.Grant({
    accountId: details.session!.accountId,
    clientId: String(details.params.client_id),
  })
  grant.addOIDCScope(instanceScopes)
  const result = { consent: { grantId: await grant.save() } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
}

/** Wave servers answer a refusal with a bare 500, so people stay here. */
function refusedPage({ title, url }: Asking): string {
  return page(
    `${title} does not learn who you are`,
    `<p>You refused. The app shows itself only to people whom it knows.</p>
<p><a href="${page.escape(url)}">Open it again</a>, which asks once more, or go <a href="/">back to the store</a>.</p>`,
  )
}
