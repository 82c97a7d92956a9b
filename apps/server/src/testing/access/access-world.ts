import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Visibility } from '@wave-store/contract'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { eventually, tinyPng } from '@wave-store/testing'
import { WebSocketServer } from 'ws'
import type { ActorKind } from '../../access/access-table.ts'
import { demoBundle } from '../demo-bundle.ts'
import { startTestStore, type TestPerson, type TestStore } from '../test-store.ts'

type SignedIn = Exclude<ActorKind, 'anonymous'>

const rolesOf: Record<SignedIn, string[]> = {
  visitor: ['RB'],
  admitted: ['RA'],
  stranger: ['full'],
  instanceOwner: ['full'],
  appOwner: ['full'],
  tagAdmin: ['full', 'tag-admins'],
  admin: ['full', 'admin'],
}

export interface Inhabitant extends TestPerson {
  id: string
}

/** A store with public mode and a person of every kind, who make the things of the access table. */
export class AccessWorld implements AsyncDisposable {
  readonly store: TestStore
  readonly people: Record<SignedIn, Inhabitant>
  readonly #app: Server
  readonly #runtime: InMemoryRuntime
  #made = 0

  constructor(
    store: TestStore,
    people: Record<SignedIn, Inhabitant>,
    { app, runtime }: { app: Server; runtime: InMemoryRuntime },
  ) {
    this.store = store
    this.people = people
    this.#app = app
    this.#runtime = runtime
  }

  static async create(): Promise<AccessWorld> {
    const app = createServer((_request, response) => response.end('the app')).listen(0, '127.0.0.1')
    new WebSocketServer({ server: app })
    await once(app, 'listening')
    const { port } = app.address() as AddressInfo
    const runtime = new InMemoryRuntime({ address: () => ({ host: '127.0.0.1', port }) })
    const store = await startTestStore({
      runtime,
      environment: {
        WAVE_STORE_FULL_ACCESS_ROLE: 'full',
        WAVE_STORE_PUBLIC_MODE: 'true',
        WAVE_STORE_INSTANCES_PER_USER: '1000',
        WAVE_STORE_SECRETS_PER_USER: '1000',
        WAVE_STORE_ALIASES_PER_USER: '1000',
        WAVE_STORE_IMPORTS_PER_HOUR: '100000',
        WAVE_STORE_LAUNCHES_PER_MINUTE: '100000',
      },
    })
    const founder = await store.as('admin')
    const people = {} as Record<SignedIn, Inhabitant>
    for (const kind of Object.keys(rolesOf) as SignedIn[]) people[kind] = await settle(store, founder, kind)
    return new AccessWorld(store, people, { app, runtime })
  }

  /** A name that nothing has yet. */
  name(noun: string): string {
    this.#made += 1
    return `${noun}-${this.#made}`
  }

  /** A tag that admits the visitor role RA where it says so, looked after by `tag-admins` or by everybody. */
  async tag(kind: 'limited' | 'open', visitorRoles: string[] = []): Promise<string> {
    const adminRoles = kind === 'limited' ? ['tag-admins'] : []
    const body = { name: this.name('tag'), adminRoles, visitorRoles }
    return (await this.people.admin.client.createTag({ body })).id
  }

  /** An app of the app owner's that admits the visitor role RA. */
  async app(visibility: Visibility, lifecycle = 'ON_DEMAND'): Promise<string> {
    const { appOwner, admin } = this.people
    const bundle = await demoBundle({
      name: this.name('app'),
      app: `InstanceLifecycle = "${lifecycle}"`,
      files: { 'static/icon.png': tinyPng, 'static/screenshot.png': tinyPng },
    })
    const { id: appId } = await appOwner.importBundle(bundle)
    this.#door ??= this.tag('limited', ['RA'])
    await admin.client.assignTag({ params: { appId, tagId: await this.#door } })
    await appOwner.client.updateApp({ params: { appId }, body: { visibility } })
    return appId
  }
  #door: Promise<string> | undefined

  /** An instance of the instance owner's that is up; one of a MANAGED app is the app owner's. */
  async instance(visibility: Visibility, lifecycle = 'ON_DEMAND'): Promise<string> {
    const appId = await this.app('ALL_USERS', lifecycle)
    const { client } = lifecycle === 'MANAGED' ? this.people.appOwner : this.people.instanceOwner
    const { id: instanceId } = await client.launchInstance({ body: { appId, visibility } })
    await eventually(async () => {
      const { status } = await client.getInstance({ params: { instanceId } })
      if (status !== 'DEPLOYED') throw new Error(status)
    })
    return instanceId
  }

  /** The key of an environment that is kept. */
  environment(): string {
    const key = this.name('environment')
    this.#runtime.environments.keep({ key, python: '3.11', sizeBytes: 1, builtAt: 0, lastUsedAt: 0, inUse: 0 })
    return key
  }

  /** The app owner's own one, or a shared one: for everyone, or for apps of the app owner's. */
  async secret(kind: 'own' | 'shared' | 'limited'): Promise<string> {
    const { appOwner, admin } = this.people
    const body = { name: this.name('secret'), values: { key: { text: 'value' } } }
    if (kind === 'own') return (await appOwner.client.createSecret({ body })).id
    const limited = { kind: 'some' as const, people: [appOwner.id], apps: [] }
    const audience = kind === 'limited' ? limited : { kind: 'everyone' as const }
    return (await admin.client.createSecret({ body: { ...body, kind: 'shared', audience } })).id
  }

  /** A name of the instance owner's. */
  async alias(instanceId: string): Promise<string> {
    const body = { name: this.name('alias'), instanceId }
    return (await this.people.admin.client.createAlias({ body })).name
  }

  async account(): Promise<string> {
    const body = { username: this.name('account'), name: 'Somebody', email: '' }
    return (await this.people.admin.client.createAccount({ body })).account.id
  }

  /** Another session of the person's, to be ended. */
  async anotherSession({ id }: Inhabitant): Promise<{ cookie: string; token: string; sessionId: string }> {
    const { sessions } = this.store.store.context
    const token = await sessions.create(id, { agent: 'another', address: '' })
    const sessionId = (await sessions.listOf(id)).find((one) => one.agent === 'another')!.id
    return { cookie: `__Host-wave-session=${token}`, token, sessionId }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store[Symbol.asyncDispose]()
    this.#app.closeAllConnections()
    this.#app.close()
  }
}

/** An account with the roles of its kind, signed in. */
async function settle(store: TestStore, founder: TestPerson, kind: SignedIn): Promise<Inhabitant> {
  const body = { username: kind, name: kind, email: `${kind}@example.com`, roles: rolesOf[kind] }
  const { oneTimePassword: password } = await founder.client.createAccount({ body })
  const person = await store.as({ username: kind, password, newPassword: `${kind} long enough` })
  const { user } = await person.client.getSession()
  return { ...person, id: user!.id }
}
