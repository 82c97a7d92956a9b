import * as openid from 'openid-client'
import type { Cli } from '../cli.ts'
import type { Settings } from '../config/config-file.ts'
import { exitCodes, Failure } from '../failure.ts'
import { parseUrl } from '../parse-url.ts'
import { reach } from '../store/reach.ts'

export type Tokens = Required<Pick<Settings, 'Token' | 'AccessToken' | 'AccessTokenExpiresAt'>>

/**
 * The identity provider, found by its own discovery document. Plain HTTP is for this machine alone.
 *
 * @throws {Failure} when it cannot be reached, or is none
 */
export async function findProvider(cli: Cli, { issuer, clientId }: { issuer: string; clientId: string }) {
  const url = parseUrl(issuer)
  if (!url) throw new Failure(`“${issuer}” is no address of an identity provider.`, { next: 'Run: h2o config setup' })
  const execute = url.protocol === 'http:' ? [openid.allowInsecureRequests] : []
  const options = {
    execute,
    [openid.customFetch]: (address: string, init: unknown) =>
      reach(address, { ...(init as RequestInit), signal: cli.interrupted }, cli.options.requestTimeoutMs),
  }
  return openid.discovery(url, clientId, undefined, openid.None(), options).catch((cause: unknown) => {
    if (cli.interrupted.aborted) throw cause
    throw new Failure(`The identity provider at ${issuer} does not answer as one.`, {
      next: 'Is the OIDC URL right? Set it with: h2o config setup',
      cause,
    })
  })
}

/** Exchanges the refresh token for an access token, and for the refresh token that replaces it. */
export async function refresh(cli: Cli, { OIDCAddress, ClientID, Token }: Settings): Promise<Tokens> {
  if (!OIDCAddress || !ClientID || !Token)
    throw new Failure('The settings lack OIDCAddress, ClientID or Token.', {
      exitCode: exitCodes.notSignedIn,
      next: 'Run: h2o config setup',
    })
  const provider = await findProvider(cli, { issuer: OIDCAddress, clientId: ClientID })
  const answer = await openid.refreshTokenGrant(provider, Token).catch((cause: unknown) => {
    if (!(cause instanceof openid.ResponseBodyError)) throw cause
    throw new Failure('You are no longer signed in: the sign-in has ended, or was ended elsewhere.', {
      exitCode: exitCodes.notSignedIn,
      next: 'Sign in again with: h2o config setup',
      cause,
    })
  })
  return tokensOf(answer, Token)
}

/** @param previous stays where the provider gives no other refresh token */
export function tokensOf(answer: openid.TokenEndpointResponse, previous = ''): Tokens {
  const lastsSeconds = answer.expires_in ?? 60
  return {
    Token: answer.refresh_token ?? previous,
    AccessToken: answer.access_token,
    AccessTokenExpiresAt: new Date(Date.now() + lastsSeconds * 1000).toISOString(),
  }
}
