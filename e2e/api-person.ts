import { buffer } from 'node:stream/consumers'
import { packDirectory } from '@wave-store/bundle/node'
import { type Client, createClient } from '@wave-store/client'
import type { AppDetails, Instance } from '@wave-store/contract'
import { type BundleInput, buildBundle, type Credentials, eventually, signIn } from '@wave-store/testing'

/** Somebody who prepares a story without a browser. */
export interface ApiPerson {
  client: Client
  importBundle: (bundle: BundleInput) => Promise<AppDetails>
  /** An instance that is up, of an app by its id, or by the path of its bundle's folder, which ends with a slash. */
  launch: (app: string) => Promise<Instance>
}

export async function signInToApi(origin: string, credentials: Credentials): Promise<ApiPerson> {
  const cookie = String(await signIn(origin, credentials))
  const client = createClient({ baseUrl: origin, headers: { cookie } })
  const importBytes = async (body: Uint8Array<ArrayBuffer>): Promise<AppDetails> => {
    const headers = { cookie, 'content-type': 'application/zip' }
    const response = await fetch(`${origin}/api/apps`, { method: 'POST', body, headers })
    if (response.status !== 201) throw new Error(await response.text())
    return (await response.json()) as AppDetails
  }
  return {
    client,
    importBundle: async (bundle) => importBytes(new Uint8Array(await buildBundle(bundle))),
    async launch(app) {
      const isFolder = app.endsWith('/')
      const appId = isFolder ? (await importBytes(new Uint8Array(await buffer(packDirectory(app))))).id : app
      const { id: instanceId } = await client.launchInstance({ body: { appId } })
      return eventually(async () => {
        const instance = await client.getInstance({ params: { instanceId } })
        if (instance.status !== 'DEPLOYED') throw new Error(JSON.stringify(instance.failure ?? instance.phase))
        return instance
      })
    },
  }
}
