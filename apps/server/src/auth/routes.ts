import express, { type Request, type Response, Router } from 'express'
import type Provider from 'oidc-provider'
import { AppError } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { readCookie } from '../http/cookies.ts'
import { page } from '../http/page.ts'
import { hashToken } from '../token.ts'
import type { Account } from './accounts.ts'
import { cookieOptions, keepSession } from './browser-session.ts'
import { instanceEntrance } from './instance-entrance.ts'
import { callbackPath } from './provider.ts'
import { safeReturnTo } from './return-to.ts'

/** Pages and redirects of signing in; outside the contract, since only browsers come here. */
export function authRoutes(context: AppContext): Router {
  const router = Router()
  router.get('/auth/sign-in', (request, response) => beginSignIn(context, request, response))
  router.get(callbackPath, (request, response) => completeSignIn(context, request, response))
  router.get('/auth/interaction/:uid', (request, response) => showAccounts(context, request, response))
  router.post('/auth/interaction/:uid', express.urlencoded({ extended: false }), (request, response) =>
    chooseAccount(context, request, response),
  )
  router.get('/auth/instance', (request, response) => instanceEntrance(context, request, response))
  return router
}

async function beginSignIn(context: AppContext, request: Request, response: Response): Promise<void> {
  const { url, state } = await context.relyingParty.begin(
    safeReturnTo(request.query.return_to, context.config.publicUrl),
  )
  response.cookie(signInCookie(state), state, { ...cookieOptions, maxAge: 60 * 60 * 1000 })
  response.redirect(url.href)
}

async function completeSignIn(context: AppContext, request: Request, response: Response): Promise<void> {
  const claimed = typeof request.query.state === 'string' ? request.query.state : ''
  const cookie = signInCookie(claimed)
  const state = readCookie(request.headers.cookie, cookie)
  const url = new URL(request.originalUrl, context.config.publicUrl)
  const { identity, returnTo } = await context.relyingParty.complete(url, state)
  const person = await context.people.recognise(identity)
  response.clearCookie(cookie, cookieOptions)
  keepSession(response, await context.sessions.create(person.id))
  response.redirect(returnTo)
}

/** One cookie a sign-in, so that two tabs can sign in at once. */
function signInCookie(state: string): string {
  return `__Host-wave-sign-in-${hashToken(state).replaceAll('-', '').slice(0, 8)}`
}

async function showAccounts(context: AppContext, request: Request, response: Response): Promise<void> {
  await interactionOf(context.provider, request, response)
  response.set('Cache-Control', 'no-store').type('html').send(accountsPage(context.accounts))
}

function accountsPage(accounts: readonly Account[]): string {
  if (accounts.length === 0)
    return page(
      'Nobody can sign in yet',
      '<p>This store is reachable from other machines, so it has no development accounts.</p>',
    )
  const buttons = accounts.map(
    ({ subject, name, email, isAdmin }) =>
      `<button name="account" value="${page.escape(subject)}"><strong>${page.escape(name)}</strong><span>${page.escape(email)}${isAdmin ? ' · administrator' : ''}</span></button>`,
  )
  return page(
    'Sign in',
    `<p>Development accounts: they need no password and exist only while this machine alone can reach the store.</p><form method="post">${buttons.join('')}</form>`,
  )
}

async function chooseAccount(context: AppContext, request: Request, response: Response): Promise<void> {
  await interactionOf(context.provider, request, response)
  const { account: subject } = (request.body ?? {}) as { account?: unknown }
  const account = context.accounts.find((one) => one.subject === subject)
  if (!account) throw new AppError('invalid_request', 'There is no such account.')
  const result = { login: { accountId: account.subject, remember: false } }
  await context.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

async function interactionOf(provider: Provider, request: Request, response: Response): Promise<void> {
  const expired = new AppError('invalid_request', 'This sign-in has expired. Go back to the store and sign in again.')
  const details = await provider.interactionDetails(request, response).catch(() => Promise.reject(expired))
  if (details.uid !== request.params.uid) throw expired
}
