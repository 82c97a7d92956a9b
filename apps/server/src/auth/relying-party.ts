import * as openid from 'openid-client'
import { Agent, request } from 'undici'
import { AppError } from '../app-error.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/database.ts'
import { hashToken } from '../token.ts'
import { callbackPath, storeClientId } from './clients.ts'
import { providerPath } from './provider.ts'

const signInLifetimeMs = 60 * 60 * 1000

export interface RelyingPartyOptions {
  db: Db
  clock: Clock
  publicUrl: URL
  clientSecret: string
  /** Where the store listens on this machine: its public address may not lead back here. */
  localOrigin: () => string
}

/** The store as a client of the identity provider: authorization code flow with PKCE, state and nonce. */
export class RelyingParty {
  readonly #options: RelyingPartyOptions
  #client: Promise<openid.Configuration> | undefined

  constructor(options: RelyingPartyOptions) {
    this.#options = options
  }

  /** Where to send the browser, and the state that its cookie must hold when it comes back. */
  async begin(returnTo: string): Promise<{ url: URL; state: string }> {
    const client = await this.#discovered()
    const state = openid.randomState()
    const nonce = openid.randomNonce()
    const codeVerifier = openid.randomPKCECodeVerifier()
    const { db, clock, publicUrl } = this.#options
    await db.deleteFrom('signIn').where('expiresAt', '<=', clock.now()).execute()
    await db
      .insertInto('signIn')
      .values({ stateHash: hashToken(state), nonce, codeVerifier, returnTo, expiresAt: clock.now() + signInLifetimeMs })
      .execute()
    const url = openid.buildAuthorizationUrl(client, {
      redirect_uri: publicUrl.origin + callbackPath,
      scope: 'openid profile email roles',
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      prompt: 'login',
    })
    return { url, state }
  }

  /**
   * Completes a sign-in from the address that the provider sent the browser to.
   *
   * @throws {AppError} `invalid_request` when it was not begun here, in this browser, within the hour.
   */
  async complete(callbackUrl: URL, state: string | undefined): Promise<{ personId: string; returnTo: string }> {
    const begun =
      state &&
      (await this.#options.db
        .deleteFrom('signIn')
        .where('stateHash', '=', hashToken(state))
        .returningAll()
        .executeTakeFirst())
    if (!begun || begun.expiresAt <= this.#options.clock.now())
      throw new AppError('invalid_request', 'This sign-in was not begun in this browser, or it took too long.')
    const tokens = await openid
      .authorizationCodeGrant(await this.#discovered(), callbackUrl, {
        expectedState: state,
        expectedNonce: begun.nonce,
        pkceCodeVerifier: begun.codeVerifier,
        idTokenExpected: true,
      })
      .catch((cause: unknown) => {
        throw new AppError('invalid_request', 'The identity provider did not confirm the sign-in.', { cause })
      })
    return { personId: tokens.claims()!.sub, returnTo: begun.returnTo }
  }

  #discovered(): Promise<openid.Configuration> {
    this.#client ??= this.#discover().catch((cause: unknown) => {
      this.#client = undefined
      throw new AppError('unavailable', 'The identity provider does not answer.', { cause })
    })
    return this.#client
  }

  #discover(): Promise<openid.Configuration> {
    const { publicUrl, clientSecret, localOrigin } = this.#options
    const execute = publicUrl.protocol === 'http:' ? [openid.allowInsecureRequests] : []
    return openid.discovery(
      new URL(publicUrl.origin + providerPath),
      storeClientId,
      clientSecret,
      openid.ClientSecretBasic(clientSecret),
      { execute, [openid.customFetch]: loopback(publicUrl, localOrigin) },
    )
  }
}

/**
 * Requests go straight to this process: the store's public address may not lead back to it. Where it speaks TLS, its
 * certificate is one that browsers have to trust, and this machine need not.
 */
function loopback(publicUrl: URL, localOrigin: () => string): openid.CustomFetch {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false, servername: publicUrl.hostname } })
  return async (url, options) => {
    const { pathname, search } = new URL(url)
    const answer = await request(localOrigin() + pathname + search, {
      dispatcher,
      method: options.method as 'GET' | 'POST',
      headers: { ...options.headers, host: publicUrl.host },
      body: options.body === undefined ? null : String(options.body),
      ...(options.signal && { signal: options.signal }),
    })
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
    return new Response(await answer.body.text(), { status: answer.statusCode, headers })
  }
}
