import { createHmac } from 'node:crypto'
import type { Adapter, ClientMetadata } from 'oidc-provider'
import type { Reader } from '../actor.ts'
import type { AliasRepository } from '../aliases/repository.ts'
import { manifestOf } from '../apps/present-app.ts'
import type { Config } from '../config/config.ts'
import { basePathOf } from '../instances/base-path.ts'
import { instanceOrigin } from '../instances/instance-url.ts'
import { may } from '../instances/policy.ts'
import type { InstanceRepository, InstanceRow } from '../instances/repository.ts'

/** All that an app may learn of a person. */
export const instanceScopes = 'openid profile email'

const prefix = 'instance-'

/** What an app signs people in with: a client of the embedded provider that belongs to one instance. */
export interface InstanceClient {
  clientId: string
  clientSecret: string
  redirectUri: string
  postLogoutRedirectUri: string
}

export function instanceClientId(instanceId: string): string {
  return prefix + instanceId
}

/** The instance that a client belongs to; undefined for clients of the store itself. */
export function instanceIdOf(clientId: unknown): string | undefined {
  return typeof clientId === 'string' && clientId.startsWith(prefix) ? clientId.slice(prefix.length) : undefined
}

/** Clients of instances whose manifest says `EnableOIDC`. They are derived, not kept, and go with their instance. */
export class InstanceClients {
  readonly #key: string
  readonly #config: Pick<Config, 'publicUrl' | 'appsHost'>
  readonly #instances: Pick<InstanceRepository, 'byId'>
  readonly #aliases: Pick<AliasRepository, 'namesOf'>

  constructor(
    key: string,
    config: Pick<Config, 'publicUrl' | 'appsHost'>,
    { aliases, instances }: { aliases: Pick<AliasRepository, 'namesOf'>; instances: Pick<InstanceRepository, 'byId'> },
  ) {
    this.#key = key
    this.#config = config
    this.#instances = instances
    this.#aliases = aliases
  }

  /** At its id, which it keeps whatever it is called: addresses there lead on to its primary name. */
  clientOf(instance: Pick<InstanceRow, 'id' | 'manifestJson'>): InstanceClient {
    const clientId = instanceClientId(instance.id)
    const base = instanceOrigin(this.#config, instance.id) + basePathOf(instance)
    return {
      clientId,
      clientSecret: createHmac('sha256', this.#key).update(clientId).digest('base64url'),
      redirectUri: `${base}_auth/callback`,
      postLogoutRedirectUri: base,
    }
  }

  /** The instance of a client, while it is wanted and its app signs people in. */
  async instanceOf(clientId: unknown): Promise<InstanceRow | undefined> {
    const id = instanceIdOf(clientId)
    const row = id === undefined ? undefined : await this.#instances.byId(id)
    return row?.wanted === 'running' && manifestOf(row).runtime.enableOidc ? row : undefined
  }

  /** Whether somebody may be known to the client at this moment: whoever may open its instance. */
  async admits(clientId: unknown, reader: Reader): Promise<boolean> {
    const instance = await this.instanceOf(clientId)
    return instance !== undefined && may.open(reader, instance)
  }

  /** As the provider looks clients up. */
  async metadata(clientId: string): Promise<ClientMetadata | undefined> {
    const instance = await this.instanceOf(clientId)
    if (!instance) return undefined
    const { clientSecret, redirectUri } = this.clientOf(instance)
    const { names } = (await this.#aliases.namesOf([instance.id])).get(instance.id)!
    const path = new URL(redirectUri).pathname
    return {
      client_id: clientId,
      client_secret: clientSecret,
      client_name: instance.appTitle,
      scope: instanceScopes,
      redirect_uris: [redirectUri, ...names.map((name) => instanceOrigin(this.#config, name) + path)],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
    }
  }
}

/** Nothing is ever written: the provider registers no client by itself. */
export function instanceClientAdapter(clients: InstanceClients): Adapter {
  const nothing = async () => undefined
  return {
    find: (id) => clients.metadata(id),
    findByUserCode: nothing,
    findByUid: nothing,
    upsert: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  }
}
