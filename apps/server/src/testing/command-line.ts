import { type CookieJar, follow, type ShownPage, submit } from '@wave-store/testing'
import * as openid from 'openid-client'

const scope = 'openid profile email roles api'

/** A program that signs in as the `h2o` command line does: a public client, found by discovery. */
export class CommandLine {
  readonly #client: openid.Configuration

  constructor(client: openid.Configuration) {
    this.#client = client
  }

  static async of(origin: string): Promise<CommandLine> {
    const { oidc } = await (await fetch(`${origin}/.well-known/wave-app-store`)).json()
    const options = { execute: [openid.allowInsecureRequests] }
    return new CommandLine(
      await openid.discovery(new URL(oidc.issuer), oidc.clientId, undefined, openid.None(), options),
    )
  }

  /** Asks for a code to show; nobody has said anything to it yet. */
  async beginDevice(): Promise<openid.DeviceAuthorizationResponse> {
    return openid.initiateDeviceAuthorization(this.#client, { scope })
  }

  /** Asks once whether the code was confirmed. @throws while it was not */
  async redeemDevice({ device_code }: openid.DeviceAuthorizationResponse): Promise<openid.TokenEndpointResponse> {
    return openid.genericGrantRequest(this.#client, 'urn:ietf:params:oauth:grant-type:device_code', { device_code })
  }

  /** Signs in through a browser that holds the cookies; `decide` answers the page of consent. */
  async signIn(jar: CookieJar, decision: 'allow' | 'refuse'): Promise<openid.TokenEndpointResponse> {
    const verifier = openid.randomPKCECodeVerifier()
    const url = openid.buildAuthorizationUrl(this.#client, {
      redirect_uri: 'http://127.0.0.1:49152/callback',
      scope,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const page = await follow(jar, url.href)
    const end = await submit(jar, page.url, { decision })
    return openid.authorizationCodeGrant(this.#client, new URL(end.url), { pkceCodeVerifier: verifier })
  }

  async refresh(token: string): Promise<openid.TokenEndpointResponse> {
    return openid.refreshTokenGrant(this.#client, token)
  }

  async revoke(token: string): Promise<void> {
    await openid.tokenRevocation(this.#client, token)
  }
}

/** Types a code into the device page and answers the question that follows. */
export async function enterCode(
  jar: CookieJar,
  device: openid.DeviceAuthorizationResponse,
  answer: 'confirm' | 'abort',
): Promise<ShownPage> {
  const input = await follow(jar, device.verification_uri)
  const fields = { xsrf: xsrfOf(input), user_code: device.user_code }
  const asked = await submit(jar, input.url, fields)
  return submit(jar, asked.url, { ...fields, xsrf: xsrfOf(asked), [answer]: 'yes' })
}

function xsrfOf({ body }: ShownPage): string {
  return /name="xsrf" value="([^"]+)"/.exec(body)?.[1] ?? ''
}
