import * as openid from 'openid-client'
import { exitCodes, Failure } from '../failure.ts'
import type { SignInWay } from './sign-in.ts'
import { tokensOf } from './token-exchange.ts'

/** Shows a code that somebody types in on any other machine (RFC 8628), and waits until they did. */
export const signInByCode: SignInWay = async (cli, provider, scopes) => {
  if (!provider.serverMetadata().device_authorization_endpoint)
    throw new Failure('This identity provider has no sign-in by code.', {
      next: 'Sign in on a machine with a browser.',
    })
  const code = await openid.initiateDeviceAuthorization(provider, { scope: scopes })
  cli.say(
    `To sign in, open this address in any browser:\n\n  ${code.verification_uri}\n\nand type the code ${code.user_code}.`,
  )
  const answer = await openid
    .pollDeviceAuthorizationGrant(provider, code, undefined, { signal: cli.interrupted })
    .catch((cause: unknown) => {
      if (!(cause instanceof openid.ResponseBodyError)) throw cause
      throw refused(cause)
    })
  return tokensOf(answer)
}

/** @param cause what the provider answered instead of tokens */
export function refused(cause: openid.ResponseBodyError | openid.AuthorizationResponseError): Failure {
  const message =
    cause.error === 'access_denied'
      ? 'The command line was not let in.'
      : cause.error === 'expired_token'
        ? 'The code has expired: nobody typed it in.'
        : `Signing in did not work: ${cause.error_description ?? cause.error}.`
  return new Failure(message, { exitCode: exitCodes.notSignedIn, next: 'Try again with: h2o config setup', cause })
}
