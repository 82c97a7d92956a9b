import type { Request, Response } from 'express'
import { hashPassword, maxPasswordLength, minPasswordLength } from '../accounts/password.ts'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { localIssuer } from '../people/local-issuer.ts'
import type { Account } from './accounts.ts'
import { newPasswordPage, type SignInChoices, signInPage } from './sign-in-pages.ts'

type Needs = Pick<AppContext, 'accounts' | 'config' | 'directory' | 'people' | 'provider' | 'signInLimits'>

/** The page on which the provider learns who is there. */
export async function showSignIn(context: Needs, request: Request, response: Response): Promise<void> {
  const { newPasswordFor } = await interactionOf(context, request, response)
  send(response, newPasswordFor ? newPasswordPage() : signInPage(await choices(context, request)))
}

/** What its forms send: a development account, a username with a password, or a new password. */
export async function continueSignIn(context: Needs, request: Request, response: Response): Promise<void> {
  const { newPasswordFor } = await interactionOf(context, request, response)
  const form = (request.body ?? {}) as Record<string, unknown>
  if (newPasswordFor) return chooseNewPassword(context, { subject: newPasswordFor, form, request, response })
  if (form.account !== undefined) return chooseDevelopmentAccount(context, form.account, request, response)
  const username = text(form.username)
  const attempt = { username, address: clientAddress(request, context.config.proxyHops) }
  const checked = await context.signInLimits.guard(attempt, () =>
    context.directory.check(username, text(form.password).slice(0, maxPasswordLength)),
  )
  if (!checked) {
    response.status(401)
    return send(
      response,
      signInPage(await choices(context, request), 'That username and password do not belong together.'),
    )
  }
  if (!checked.mustChangePassword) return finish(context, checked.account.subject, request, response)
  const next = { newPasswordFor: checked.account.subject }
  await context.provider.interactionResult(request, response, next, { mergeWithLastSubmission: false })
  response.redirect(303, request.originalUrl)
}

async function chooseDevelopmentAccount(
  context: Needs,
  subject: unknown,
  request: Request,
  response: Response,
): Promise<void> {
  const account = developmentAccounts(context, request).find((one) => one.subject === subject)
  if (!account) throw new AppError('invalid_request', 'There is no such account.')
  await finish(context, account.subject, request, response)
}

async function chooseNewPassword(
  context: Needs,
  {
    subject,
    form,
    request,
    response,
  }: { subject: string; form: Record<string, unknown>; request: Request; response: Response },
): Promise<void> {
  const password = text(form.newPassword)
  const problem = passwordProblem(password, text(form.repeated))
  if (problem) {
    response.status(400)
    return send(response, newPasswordPage(problem))
  }
  await context.accounts.setPassword(subject, await hashPassword(password), false)
  await finish(context, subject, request, response)
}

function passwordProblem(password: string, repeated: string): string | null {
  if (password.length < minPasswordLength) return `A password needs at least ${minPasswordLength} characters.`
  if (password.length > maxPasswordLength) return `A password has at most ${maxPasswordLength} characters.`
  return password === repeated ? null : 'The two do not match.'
}

/** Who signs in becomes a person of the store, whose id is what our provider calls them. */
async function finish(
  { directory, people, provider }: Needs,
  subject: string,
  request: Request,
  response: Response,
): Promise<void> {
  const account = await directory.find(subject)
  if (!account) throw new AppError('invalid_request', 'There is no such account.')
  const person = await people.recognise({ ...account, issuer: localIssuer })
  const result = { login: { accountId: person.id, remember: false } }
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
  const expired = new AppError('invalid_request', 'This sign-in has expired. Go back to the store and sign in again.')
  const details = await provider.interactionDetails(request, response).catch(() => Promise.reject(expired))
  if (details.uid !== request.params.uid) throw expired
  const { newPasswordFor } = (details.result ?? {}) as { newPasswordFor?: string }
  return { newPasswordFor }
}

function send(response: Response, html: string): void {
  response.set('Cache-Control', 'no-store').type('html').send(html)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
