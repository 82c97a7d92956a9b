import type { Client } from '@wave-store/client'
import type { Candidate } from './candidates.ts'

/** What the store has for an argument or a flag's value, by how that is called in the help. */
export const listers: Record<string, (client: Client) => Promise<Candidate[]>> = {
  async appId(client) {
    const { items } = await client.listApps({ query: { scope: 'available', limit: 200 } })
    return items.map(({ id, title, version }) => [id, `${title} ${version}`])
  },
  async instanceId(client) {
    const { items } = await client.listInstances({ query: { scope: 'all' } })
    return items.map(({ id, app, status }) => [id, `${app.title} ${app.version}, ${status}`])
  },
  async tag(client) {
    const { items } = await client.listTags()
    return items.map(({ name, title }) => [name, title])
  },
  async secret(client) {
    const { items } = await client.listSecrets({ query: {} })
    return items.map(({ name, description }) => [name, description])
  },
  async alias(client) {
    const { items } = await client.listAliases({ query: {} })
    return items.map(({ name, instance }) => [name, instance ? `${instance.appTitle} ${instance.appVersion}` : ''])
  },
}
