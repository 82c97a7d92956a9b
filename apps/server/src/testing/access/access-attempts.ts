import { urlOf } from '@wave-store/client'
import { isBytes, type Operation, operations } from '@wave-store/contract'
import type { ActorKind, TableKey, WayIn } from '../../access/access-table.ts'
import { demoBundle } from '../demo-bundle.ts'
import { type Things, visibilityOf } from './access-things.ts'
import type { AccessWorld, Inhabitant } from './access-world.ts'
import { enterInstance, openInstance, openWebSocket } from './ways-in.ts'

/** One try of one operation. */
export interface Scene {
  world: AccessWorld
  who: Inhabitant | null
  like: string
  things: Things
}

interface Input {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  /** Instead of the person's own. */
  cookie?: string
}

type Asked = (scene: Scene) => Input | Promise<Input>

const nothing: Asked = () => ({})
const onThing: Asked = ({ things }) => ({ params: { ...things, index: 0 } })
const sameVisibility: Asked = ({ things, like }) => ({
  params: { ...things },
  body: { visibility: visibilityOf(like) },
})
const account = (world: AccessWorld) => ({ username: world.name('made'), name: 'Made', email: '' })

const keptEnvironment: Asked = ({ world }) => ({ params: { key: world.environment() } })

/** What each operation is asked; where it can be, so that nothing is different afterwards. */
const inputs: Record<keyof typeof operations, Asked> = {
  discover: nothing,
  getSession: nothing,
  signOut: async ({ world, who }) => (who ? { cookie: (await world.anotherSession(who)).cookie } : {}),
  listSessions: nothing,
  endSession: async ({ world, who }) => ({
    params: { sessionId: who ? (await world.anotherSession(who)).sessionId : 'any' },
  }),
  endAllSessions: nothing,
  listTokens: nothing,
  createToken: () => ({ body: { name: 'tried', scopes: ['read'] } }),
  revokeToken: async ({ who }) => ({
    params: {
      tokenId: who
        ? (await who.client.createToken({ body: { name: 'x', scopes: ['read'] } })).token.id
        : crypto.randomUUID(),
    },
  }),
  listApps: ({ like }) => ({ query: { scope: like } }),
  getApp: onThing,
  listAppFiles: onThing,
  getAppStatistics: onThing,
  getAppIcon: onThing,
  getAppScreenshot: onThing,
  importApp: async ({ world }) => ({ body: await demoBundle({ name: world.name('imported') }) }),
  updateApp: sameVisibility,
  promoteApp: onThing,
  transferApp: ({ world, things }) => ({ params: { ...things }, body: { ownerId: world.people.appOwner.id } }),
  deleteApp: onThing,
  downloadBundle: onThing,
  listTags: nothing,
  getTag: onThing,
  createTag: ({ world }) => ({ body: { name: world.name('made') } }),
  updateTag: ({ things }) => ({ params: { ...things }, body: { description: 'Tried' } }),
  deleteTag: onThing,
  assignTag: onThing,
  removeTag: onThing,
  listInstances: ({ things }) => ({ query: { appId: things.appId } }),
  launchInstance: ({ things }) => ({ body: { appId: things.appId } }),
  getInstance: onThing,
  followEvents: ({ things }) => ({ query: { instanceId: things.instanceId } }),
  updateInstance: sameVisibility,
  suspendInstance: onThing,
  resumeInstance: onThing,
  restartInstance: onThing,
  terminateInstance: onThing,
  readLogs: onThing,
  getInstanceMetrics: onThing,
  getInstanceEnvironment: onThing,
  getPlatformMetrics: nothing,
  listEnvironments: nothing,
  listRuntimeVersions: nothing,
  getEnvironment: keptEnvironment,
  rebuildEnvironment: keptEnvironment,
  getConstraints: nothing,
  updateConstraints: () => ({ body: { text: null } }),
  listSecrets: ({ like }) => ({ query: { scope: like } }),
  getSecret: onThing,
  createSecret: ({ world, like }) => ({ body: { name: world.name('made'), kind: like } }),
  updateSecret: ({ things }) => ({ params: { ...things }, body: { set: { key: { text: 'Tried' } } } }),
  deleteSecret: onThing,
  getSettings: nothing,
  updateSettings: () => ({ body: { notices: null } }),
  getHealth: nothing,
  getCleanUp: nothing,
  listPeople: nothing,
  listAliases: ({ like }) => ({ query: { scope: like } }),
  createAlias: ({ world, things }) => ({ body: { name: world.name('alias'), instanceId: things.instanceId } }),
  updateAlias: ({ things }) => ({ params: { name: things.alias }, body: { isPrimary: true } }),
  deleteAlias: ({ things }) => ({ params: { name: things.alias } }),
  listAccounts: nothing,
  createAccount: ({ world }) => ({ body: account(world) }),
  updateAccount: ({ things }) => ({ params: { ...things }, body: { name: 'Somebody else' } }),
  resetPassword: onThing,
  listAuditEvents: ({ like }) => ({ query: { scope: like } }),
  markNewsRead: () => ({ body: { upTo: 0 } }),
}

const waysIn: Record<WayIn, (scene: Scene) => Promise<number>> = { openInstance, openWebSocket, enterInstance }

/** After one of these was allowed, its thing is gone, or not what it was. */
export const consuming: readonly TableKey[] = [
  'deleteApp',
  'promoteApp',
  'deleteAlias',
  'launchInstance',
  'deleteSecret',
  'deleteTag',
  'suspendInstance',
  'terminateInstance',
]

export function operationOf(key: TableKey): Operation | undefined {
  return key in waysIn ? undefined : operations[key as keyof typeof operations]
}

/** @returns the status of the answer */
export async function attempt(key: TableKey, scene: Scene): Promise<number> {
  if (key in waysIn) return waysIn[key as WayIn](scene)
  const operation: Operation = operations[key as keyof typeof operations]
  const {
    cookie = String(scene.who?.cookies ?? ''),
    body,
    ...input
  } = await inputs[key as keyof typeof operations](scene)
  const mediaType = isBytes(operation.body) ? operation.body.bytes[0] : 'application/json'
  const response = await fetch(scene.world.store.origin + urlOf(operation, input), {
    method: operation.method,
    headers: { cookie, ...(body !== undefined && { 'content-type': mediaType }) },
    ...(body !== undefined && {
      body: isBytes(operation.body) ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
    }),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) await response.body!.cancel()
  else await response.arrayBuffer()
  return response.status
}

export function inhabitant(world: AccessWorld, actor: ActorKind): Inhabitant | null {
  return actor === 'anonymous' ? null : world.people[actor]
}
