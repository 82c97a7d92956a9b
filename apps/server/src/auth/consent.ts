import type { Request, Response } from 'express'
import type Provider from 'oidc-provider'
import type { AppContext } from '../context.ts'
import { page } from '../http/page.ts'

type Details = Awaited<ReturnType<Provider['interactionDetails']>>

/** Asks whether a command line that opened this browser may act for the person. */
export function consentPage(person: string): string {
  return page(
    'Let the command line in?',
    `<p>The <strong>h2o</strong> command line on this computer wants to sign in as <strong>${page.escape(person)}</strong>. It may then do with the store whatever you may, until you sign it out.</p>
<p>Refuse if you did not just start it.</p>
<form method="post">
<button class="primary" name="decision" value="allow">Let it in</button>
<button class="secondary" name="decision" value="refuse">Refuse</button>
</form>`,
  )
}

/** Tells the provider what the person said: the scopes that were asked for and not granted yet, or a refusal. */
export async function answerConsent(
  { provider }: Pick<AppContext, 'provider'>,
  answer: { details: Details; isAllowed: boolean; request: Request; response: Response },
): Promise<void> {
  const { details, isAllowed, request, response } = answer
  const result = isAllowed
    ? { consent: { grantId: await grantAsked(provider, details) } }
    : { error: 'access_denied', error_description: 'The person refused.' }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: isAllowed })
}

async function grantAsked(provider: Provider, { params, prompt, session }: Details): Promise<string> {
  const missing = prompt.details as {
    missingOIDCScope?: string[]
    missingResourceScopes?: Record<string, string[]>
  }
  const grant = new provider.Grant({ accountId: session!.accountId, clientId: String(params.client_id) })
  grant.addOIDCScope((missing.missingOIDCScope ?? []).join(' '))
  for (const [resource, scopes] of Object.entries(missing.missingResourceScopes ?? {}))
    grant.addResourceScope(resource, scopes.join(' '))
  return grant.save()
}
