import type { InstanceSpec } from '@wave-store/runtime'
import { type CookieJar, follow, type ShownPage, submit } from '@wave-store/testing'
import * as openid from 'openid-client'

/** An instance as a client of the store's provider, as its Wave server would be. */
export class InstanceSignIn {
  readonly env: Record<string, string>
  readonly id: string
  readonly client: openid.Configuration

  constructor({ id, env }: InstanceSpec, client: openid.Configuration) {
    this.id = id
    this.env = env
    this.client = client
  }

  static async of(spec: InstanceSpec): Promise<InstanceSignIn> {
    const {
      H2O_WAVE_OIDC_PROVIDER_URL: issuer,
      H2O_WAVE_OIDC_CLIENT_ID,
      H2O_WAVE_OIDC_CLIENT_SECRET: secret,
    } = spec.env
    const options = { execute: [openid.allowInsecureRequests] }
    const how = openid.ClientSecretBasic(secret)
    return new InstanceSignIn(
      spec,
      await openid.discovery(new URL(issuer!), H2O_WAVE_OIDC_CLIENT_ID!, secret, how, options),
    )
  }

  url(changes: Record<string, string> = {}): string {
    const redirect_uri = this.env.H2O_WAVE_OIDC_REDIRECT_URL!
    const scope = this.env.H2O_WAVE_OIDC_SCOPES!.replaceAll(',', ' ')
    return openid.buildAuthorizationUrl(this.client, { redirect_uri, scope, state: 's', ...changes }).href
  }

  open(jar: CookieJar, changes: Record<string, string> = {}): Promise<ShownPage> {
    return follow(jar, this.url(changes))
  }

  async decide(jar: CookieJar, decision: 'allow' | 'refuse'): Promise<ShownPage> {
    return submit(jar, (await this.open(jar)).url, { decision })
  }

  redeem({ url }: ShownPage) {
    return openid.authorizationCodeGrant(this.client, new URL(url), { expectedState: 's', idTokenExpected: true })
  }
}
