import { setTimeout as pause } from 'node:timers/promises'
import { type Client, createClient } from '@wave-store/client'
import { type CookieJar, InstanceVisitor, type RealStore, signIn, startRealStore } from '@wave-store/testing'

/** Between two tries whether an app answers, in milliseconds. */
const stepMs = 5
/** Of many at once, so that looking does not become what is measured. */
const lookMs = 20

export interface Launched {
  id: string
  visitor: InstanceVisitor
}

/** A store as `npm start` runs it, and Dana in it. */
export class LaunchingStore implements AsyncDisposable {
  readonly store: RealStore
  readonly client: Client
  readonly cookies: CookieJar

  private constructor(store: RealStore, cookies: CookieJar) {
    this.store = store
    this.cookies = cookies
    this.client = createClient({ baseUrl: store.origin, headers: { cookie: String(cookies) } })
  }

  static async start(settings: Record<string, string> = {}): Promise<LaunchingStore> {
    const store = await startRealStore(settings)
    return new LaunchingStore(store, await signIn(store.origin, 'dana'))
  }

  async sample(name: string): Promise<string> {
    const { items } = await this.client.listApps({ query: { search: `wave.samples.${name}` } })
    return items[0]!.id
  }

  async launch(appId: string): Promise<Launched> {
    const { id, url } = await this.client.launchInstance({ body: { appId } })
    return { id, visitor: new InstanceVisitor(url, this.cookies) }
  }

  /** Until the app itself answers through the gateway. */
  async untilAnswering({ id, visitor }: Launched): Promise<void> {
    await visitor.open()
    for (let { status } = await visitor.get('/'); status !== 200; { status } = await visitor.get('/')) {
      if (status !== 503) throw new Error(await this.#whyNot(id, status))
      await pause(stepMs)
    }
  }

  async #whyNot(id: string, status: number): Promise<string> {
    const { failure } = await this.client.getInstance({ params: { instanceId: id } })
    return failure?.message ?? `Instance ${id} answers ${status}`
  }

  /** Until every instance has answered the store. */
  async untilAllAnswer(): Promise<void> {
    const { items } = await this.client.listInstances({})
    // In the order of launching, which they start in: one at a time is asked for.
    for (const { id } of items.toReversed()) {
      const params = { instanceId: id }
      for (let it = await this.client.getInstance({ params }); it.status !== 'DEPLOYED'; ) {
        if (it.failure) throw new Error(it.failure.message)
        await pause(lookMs)
        it = await this.client.getInstance({ params })
      }
    }
  }

  /** Puts one to sleep, until its processes are gone. */
  async suspend({ id }: Launched): Promise<void> {
    const params = { instanceId: id }
    await this.client.suspendInstance({ params })
    while ((await this.client.getInstance({ params })).phase !== 'exited') await pause(stepMs)
  }

  async terminateAll(): Promise<void> {
    const { items } = await this.client.listInstances({})
    await Promise.all(items.map(({ id }) => this.client.terminateInstance({ params: { instanceId: id } })))
    while ((await this.client.listInstances({})).items.length > 0) await pause(stepMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store[Symbol.asyncDispose]()
  }
}
