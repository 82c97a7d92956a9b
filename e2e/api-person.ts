import { type Client, createClient } from '@wave-store/client'
import type { AppDetails } from '@wave-store/contract'
import { type BundleInput, buildBundle, type Credentials, signIn } from '@wave-store/testing'

/** Somebody who prepares a story without a browser. */
export interface ApiPerson {
  client: Client
  importBundle: (bundle: BundleInput) => Promise<AppDetails>
}

export async function signInToApi(origin: string, credentials: Credentials): Promise<ApiPerson> {
  const cookie = String(await signIn(origin, credentials))
  return {
    client: createClient({ baseUrl: origin, headers: { cookie } }),
    async importBundle(bundle) {
      const body = new Uint8Array(await buildBundle(bundle))
      const headers = { cookie, 'content-type': 'application/zip' }
      const response = await fetch(`${origin}/api/apps`, { method: 'POST', body, headers })
      if (response.status !== 201) throw new Error(await response.text())
      return (await response.json()) as AppDetails
    },
  }
}
