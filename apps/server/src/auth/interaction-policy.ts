import type { IncomingMessage } from 'node:http'
import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { cliClientId, storeClientId } from './clients.ts'
import { instanceIdOf } from './instance-clients.ts'

const { Check, base } = interactionPolicy

export interface PolicyQuestions {
  /** Id of the person whose session a request carries. */
  personOf: (request: IncomingMessage) => Promise<string | undefined>
  /** Whether an instance's client may learn of a person. */
  mayBeKnown: (clientId: string, personId: string) => Promise<boolean>
}

/**
 * When the provider asks a person something. The store's session is the one truth about who is there: what the provider
 * remembers counts only while it says the same.
 *
 * An instance learns of those only who may open it at that moment.
 */
export function storePolicy({ personOf, mayBeKnown }: PolicyQuestions) {
  const policy = base()
  policy.get('login')!.checks.add(
    new Check('may_open', 'the person may not open the instance', async ({ oidc: { client, session } }) => {
      if (!session?.accountId || instanceIdOf(client?.clientId) === undefined) return Check.NO_NEED_TO_PROMPT
      const isAdmitted = await mayBeKnown(client!.clientId, session.accountId)
      return isAdmitted ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    }),
  )
  policy.get('login')!.checks.add(
    new Check('store_session', 'the store knows somebody else, or nobody', async (context) => {
      const { client, session } = context.oidc
      if (client?.clientId === storeClientId) return Check.NO_NEED_TO_PROMPT
      return (await personOf(context.req)) !== session?.accountId ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    }),
  )
  const { checks } = policy.get('consent')!
  checks.remove('native_client_prompt')
  checks.add(
    new Check('program', 'a program wants to act for the person', 'interaction_required', (context) => {
      const { client, result } = context.oidc
      const asks = client?.clientId === cliClientId && !isDeviceFlow(context) && !result?.consent
      return asks ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    }),
  )
  return policy
}

/** In the device flow the person confirms the code that the program shows; that says all that consent would. */
export function isDeviceFlow({ oidc }: KoaContextWithOIDC): boolean {
  return /^(code|device)_/.test(oidc.route)
}
