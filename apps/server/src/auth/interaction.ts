import type { Request, Response } from 'express'
import { hashPassword, maxPasswordLength, minPasswordLength } from '../accounts/password.ts'
import { AppError } from '../app-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { localIssuer } from '../people/local-issuer.ts'
import type { Account } from './accounts.ts'
import { actorOf } from './browser-session.ts'
import { storeClientId } from './clients.ts'
import { answerConsent, consentPage } from './consent.ts'
import { answerInstanceConsent, askingInstance, instanceConsentPage } from './instance-consent.ts'
import { isBoundInteraction, unbindInteraction } from './interaction-cookie.ts'
import { newPasswordPage, type SignInChoices, signInPage } from './sign-in-pages.ts'
import { beginUpstream, personFromUpstream } from './upstream-sign-in.ts'

type Needs = Pick<
  AppContext,
  | 'accounts'
  | 'audit'
  | 'clock'
  | 'config'
  | 'db'
  | 'directory'
  | 'instanceClients'
  | 'people'
  | 'provider'
  | 'sessions'
  | 'signInLimits'
  | 'upstream'
>

/** Somebody who has brought a one-time password, which has to be theirs still when they choose another. */
interface NewPasswordFor {
  subject: string
  oneTimeHash: string
}

interface SentForm {
  form: Record<string, unknown>
  request: Request
  response: Response
}

/**
 * The page on which the provider learns who is there, or whether a program may act for them. For programs the store's own
 * session says who is there; who has none signs in to the store first.
 */
export async function showInteraction(context: Needs, request: Request, response: Response): Promise<void> {
  const { details, newPasswordFor } = await interactionOf(context, request, response)
  if (details.params.client_id !== storeClientId) {
    const asking = await askingInstance(context, details, request)
    const actor = await actorOf(context, request)
    if (details.prompt.name === 'consent' && actor)
      return send(response, asking ? instanceConsentPage(asking, actor) : consentPage(actor.name))
    if (actor) return finish(context, actor.id, request, response)
    return response.redirect(303, `/auth/sign-in?return_to=${encodeURIComponent(request.originalUrl)}`)
  }
  if (context.upstream) {
    const personId = personFromUpstream(details)
    if (personId) return finish(context, personId, request, response)
    return beginUpstream(context, context.upstream, request, response)
  }
  send(response, newPasswordFor ? newPasswordPage() : signInPage(await choices(context, request)))
}

/** What its forms send: consent, a development account, a username with a password, or a new password. */
export async function continueInteraction(context: Needs, request: Request, response: Response): Promise<void> {
  const address = clientAddress(request, context.config.proxyHops)
  await context.signInLimits.requireLeft(address)
  const { details, newPasswordFor } = await interactionOf(context, request, response)
  const form = (request.body ?? {}) as Record<string, unknown>
  if (details.prompt.name === 'consent') {
    // Somebody else may have signed in meanwhile, in another tab.
    if ((await actorOf(context, request))?.id !== details.session?.accountId) throw expired()
    unbindInteraction(response, details.uid)
    const answer = { details, isAllowed: form.decision === 'allow', request, response }
    const asking = await askingInstance(context, details, request)
    return asking ? answerInstanceConsent(context, asking, answer) : answerConsent(context, answer)
  }
  if (details.params.client_id !== storeClientId || context.upstream) return showInteraction(context, request, response)
  if (newPasswordFor) return chooseNewPassword(context, { newPasswordFor, form, request, response })
  if (form.account !== undefined) return chooseDevelopmentAccount(context, form.account, request, response)
  await signInByPassword(context, { form, address, request, response })
}

async function signInByPassword(
  context: Needs,
  { form, address, request, response }: SentForm & { address: string },
): Promise<void> {
  const username = text(form.username)
  const attempt = { username, address }
  const checked = await context.signInLimits.guard(attempt, () =>
    context.directory.check(username, text(form.password).slice(0, maxPasswordLength)),
  )
  if (!checked) {
    await recordEvent(context, request, {
      action: 'session.sign-in-refused',
      outcome: 'unauthenticated',
      detail: await triedUsername(context, username),
    })
    response.status(401)
    return send(
      response,
      signInPage(await choices(context, request), 'That username and password do not belong together.'),
    )
  }
  const { account, oneTimeHash } = checked
  if (oneTimeHash === null) return finishAs(context, account.subject, request, response)
  const next = { newPasswordFor: { subject: account.subject, oneTimeHash } satisfies NewPasswordFor }
  await context.provider.interactionResult(request, response, next, { mergeWithLastSubmission: false })
  response.redirect(303, request.originalUrl)
}

/** Who mistakes the field types a password into it: only what is somebody's username is written down. */
async function triedUsername({ accounts }: Needs, username: string): Promise<string> {
  return (await accounts.byUsername(username)) ? `username: ${username.toLowerCase()}` : 'an unknown username'
}

async function chooseDevelopmentAccount(
  context: Needs,
  subject: unknown,
  request: Request,
  response: Response,
): Promise<void> {
  const account = developmentAccounts(context, request).find((one) => one.subject === subject)
  if (!account) throw new AppError('invalid_request', 'There is no such account.')
  await finishAs(context, account.subject, request, response)
}

async function chooseNewPassword(
  context: Needs,
  { newPasswordFor, form, request, response }: SentForm & { newPasswordFor: NewPasswordFor },
): Promise<void> {
  const { subject, oneTimeHash } = newPasswordFor
  const password = text(form.newPassword)
  const problem = passwordProblem(password, text(form.repeated))
  if (problem) {
    response.status(400)
    return send(response, newPasswordPage(problem))
  }
  const isReplaced = await context.accounts.replaceOneTimePassword(subject, oneTimeHash, await hashPassword(password))
  if (!isReplaced) throw expired()
  await finishAs(context, subject, request, response)
}

function passwordProblem(password: string, repeated: string): string | null {
  if (password.length < minPasswordLength) return `A password needs at least ${minPasswordLength} characters.`
  if (password.length > maxPasswordLength) return `A password has at most ${maxPasswordLength} characters.`
  return password === repeated ? null : 'The two do not match.'
}

/** Who signs in becomes a person of the store, whose id is what our provider calls them. */
async function finishAs(context: Needs, subject: string, request: Request, response: Response): Promise<void> {
  const account = await context.directory.find(subject)
  if (!account) throw new AppError('invalid_request', 'There is no such account.')
  const person = await context.people.recognise({ ...account, issuer: localIssuer })
  await finish(context, person.id, request, response)
}

/** The provider learns who is there, and forgets whoever it knew in this browser before. */
async function finish({ provider }: Needs, personId: string, request: Request, response: Response): Promise<void> {
  const details = await provider.interactionDetails(request, response)
  if (details.session && details.session.accountId !== personId) {
    await (await provider.Session.findByUid(details.session.uid))?.destroy()
    delete details.session
    await details.persist()
  }
  unbindInteraction(response, details.uid)
  const result = { login: { accountId: personId, remember: false } }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

/** Somebody who comes through a proxy may be on another machine, whatever address the store listens on. */
function developmentAccounts({ directory }: Needs, { headers }: Request): readonly Account[] {
  const throughProxy = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some(
    (name) => name in headers,
  )
  return throughProxy ? [] : directory.development
}

async function choices(context: Needs, request: Request): Promise<SignInChoices> {
  const { adminRole } = context.config.identity.roles
  return { development: developmentAccounts(context, request), adminRole, byPassword: await context.accounts.any() }
}

async function interactionOf({ provider }: Needs, request: Request, response: Response) {
  const details = await provider.interactionDetails(request, response).catch(() => Promise.reject(expired()))
  if (details.uid !== request.params.uid || !isBoundInteraction(request, details.uid)) throw expired()
  const { newPasswordFor } = (details.result ?? {}) as { newPasswordFor?: NewPasswordFor }
  return { details, newPasswordFor }
}

function expired(): AppError {
  return new AppError('invalid_request', 'This sign-in has expired. Go back to where you came from and sign in again.')
}

function send(response: Response, html: string): void {
  response.set('Cache-Control', 'no-store').type('html').send(html)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
