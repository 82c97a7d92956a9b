import { AsyncLocalStorage } from 'node:async_hooks'
import * as openid from 'openid-client'
import type { Clock } from '../clock.ts'
import type { IdentitySource } from '../config/config.ts'
import { AccessTokenReader } from './access-token-reader.ts'
import { type Claims, claimAt, emailFrom, nameFrom, rolesFrom } from './upstream-claims.ts'
import { UpstreamError, upstreamErrorOf } from './upstream-error.ts'

export type UpstreamSource = Extract<IdentitySource, { kind: 'upstream' }>

/** What the issuer says of a person. Undefined: it says nothing of it. */
export interface UpstreamPerson {
  issuer: string
  subject: string
  name: string | undefined
  email: string | undefined
  roles: string[]
}

/** What the browser's answer must match. */
export interface SignInChecks {
  state: string
  nonce: string
  codeVerifier: string
}

const timeoutSeconds = 10
/** What the issuer publishes about itself is read again after this. */
const discoveryLifetimeMs = 60 * 60 * 1000

/** The store as a client of the upstream issuer. Every failure is an `UpstreamError`. */
export class UpstreamClient {
  readonly issuerUrl: URL
  readonly #source: UpstreamSource
  readonly #redirectUri: string
  readonly #clock: Clock
  readonly #rotation = new AsyncLocalStorage<(refreshToken: string) => Promise<void>>()
  #found: { at: number; configuration: openid.Configuration; accessTokens: AccessTokenReader } | undefined
  #looking: Promise<openid.Configuration> | undefined

  constructor(source: UpstreamSource, options: { redirectUri: string; clock: Clock }) {
    this.issuerUrl = source.issuer
    this.#source = source
    this.#redirectUri = options.redirectUri
    this.#clock = options.clock
  }

  /** The issuer's name for itself, with which it vouches for people. */
  async issuer(): Promise<string> {
    return (await this.#configuration()).serverMetadata().issuer
  }

  /** @param prompt `login`: ask who it is even where the issuer knows somebody */
  async authorizationUrl({ state, nonce, codeVerifier }: SignInChecks, prompt?: 'login'): Promise<URL> {
    return openid.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: this.#redirectUri,
      scope: this.#source.scopes,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...(prompt && { prompt }),
    })
  }

  /** Completes a sign-in from the query with which the browser came back; null: no refresh token. */
  async complete(
    query: string,
    checks: SignInChecks,
  ): Promise<{ person: UpstreamPerson; refreshToken: string | null }> {
    const configuration = await this.#configuration()
    const tokens = await told(
      openid.authorizationCodeGrant(configuration, new URL(this.#redirectUri + query), {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.codeVerifier,
        idTokenExpected: true,
      }),
    )
    const { iss, sub } = tokens.claims()!
    return {
      person: await this.#personOf(tokens, { issuer: iss, subject: sub }),
      refreshToken: tokens.refresh_token ?? null,
    }
  }

  /**
   * Asks about a person again.
   *
   * @param keep takes a refresh token that replaces the one that was used, before the answer is looked at
   */
  async refresh(
    refreshToken: string,
    known: { issuer: string; subject: string },
    keep: (refreshToken: string) => Promise<void>,
  ): Promise<UpstreamPerson> {
    const configuration = await this.#configuration()
    const tokens = await told(this.#rotation.run(keep, () => openid.refreshTokenGrant(configuration, refreshToken)))
    const claims = tokens.claims()
    if (claims && (claims.iss !== known.issuer || claims.sub !== known.subject))
      throw new UpstreamError('untrustworthy', 'it answers about somebody else')
    return this.#personOf(tokens, known)
  }

  /** Roles stand in the ID token, in userinfo, or, as Keycloak has it by default, in the access token. */
  async #personOf(tokens: Tokens, who: { issuer: string; subject: string }): Promise<UpstreamPerson> {
    const sources: Claims[] = [tokens.claims() ?? {}]
    const role = () => sources.map((claims) => claimAt(claims, this.#source.roleClaim)).find((one) => one !== undefined)
    const isWhole = () => role() !== undefined && nameFrom(sources) !== undefined && emailFrom(sources) !== undefined
    if (!isWhole()) sources.push(await this.#userinfo(tokens.access_token, who.subject))
    const [name, email] = [nameFrom(sources), emailFrom(sources)]
    if (role() === undefined) sources.push(await this.#found!.accessTokens.read(tokens.access_token, who))
    return { ...who, name, email, roles: rolesFrom(role()) }
  }

  /** Nothing where the issuer has no userinfo, or none for this token. */
  async #userinfo(accessToken: string, subject: string): Promise<Claims> {
    const configuration = await this.#configuration()
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {}
    return openid.fetchUserInfo(configuration, accessToken, subject).catch((cause: unknown) => {
      const { status } = (cause instanceof openid.ClientError ? cause.cause : cause) as { status?: number }
      if (status !== undefined && status >= 400 && status < 500 && status !== 429) return {}
      throw upstreamErrorOf(cause)
    })
  }

  async #configuration(): Promise<openid.Configuration> {
    if (this.#found && this.#clock.now() - this.#found.at < discoveryLifetimeMs) return this.#found.configuration
    this.#looking ??= this.#discover().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.#source
    const execute = [openid.enableNonRepudiationChecks]
    // The configuration lets plain HTTP through on this machine alone.
    if (issuer.protocol === 'http:') execute.push(openid.allowInsecureRequests)
    const options = { execute, timeout: timeoutSeconds, [openid.customFetch]: this.#fetch }
    const authentication = clientSecret === null ? openid.None() : bySecret(clientSecret)
    const configuration = await openid
      .discovery(issuer, clientId, undefined, authentication, options)
      .catch((cause: unknown) => {
        const { problem, message } = upstreamErrorOf(cause)
        // What it publishes is of another issuer, or of none.
        throw new UpstreamError(problem === 'untrustworthy' ? 'misconfigured' : problem, `discovery: ${message}`)
      })
    this.#found = { at: this.#clock.now(), configuration, accessTokens: new AccessTokenReader(configuration) }
    return configuration
  }

  /** A refresh token that replaces another is kept before anything else can fail. */
  readonly #fetch: openid.CustomFetch = async (url, options) => {
    const response = await fetch(url, options as RequestInit)
    const keep = this.#rotation.getStore()
    if (!keep || options.method !== 'POST' || !response.ok) return response
    const answer = (await response
      .clone()
      .json()
      .catch(() => null)) as { refresh_token?: unknown } | null
    if (typeof answer?.refresh_token === 'string') await keep(answer.refresh_token)
    return response
  }
}

type Tokens = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers

/** As the issuer takes it: in the header, which every issuer must support, unless it says that it does not. */
function bySecret(secret: string): openid.ClientAuth {
  return (issuer, ...rest) => {
    const methods = issuer.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const method = methods.includes('client_secret_basic') ? openid.ClientSecretBasic : openid.ClientSecretPost
    method(secret)(issuer, ...rest)
  }
}

function told<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((cause: unknown) => {
    throw upstreamErrorOf(cause)
  })
}
