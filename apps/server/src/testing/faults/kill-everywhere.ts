import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Instance } from '@wave-store/contract'
import { kindsOf } from '@wave-store/runtime-process/testing/trace-kinds'
import { tracesOf } from '@wave-store/runtime-process/testing/traces'
import { eventually, InstanceVisitor } from '@wave-store/testing'
import { demoBundle } from '../demo-bundle.ts'
import { engineFile } from './engine-file.ts'
import type { FaultyStore } from './faulty-store.ts'
import { keptIn } from './file-runtime.ts'
import type { KillPoint } from './kill-point.ts'

type Act = 'launch' | 'suspend' | 'resume' | 'restart' | 'terminate'
type Order = (instances: Instance[]) => boolean

const helloApp = `
import http.server
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'hello')
    def log_message(self, *rest):
        pass
http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`
const isOne = (items: Instance[], status: Instance['status'], phase: Instance['phase']) =>
  items.length === 1 && items[0]!.status === status && items[0]!.phase === phase
const isDeployed: Order = (items) => isOne(items, 'DEPLOYED', 'running')
const isAsleep: Order = (items) => isOne(items, 'SUSPENDED', 'exited')
const isNone: Order = (items) => items.length === 0

const orderAfter: Record<Act, Order> = {
  launch: isDeployed,
  suspend: isAsleep,
  resume: isDeployed,
  restart: isDeployed,
  terminate: isNone,
}
/** What is asked, one after the other without a wait, and how things stand before. */
const asked = {
  launch: { acts: ['launch'], before: isNone },
  suspend: { acts: ['suspend'], before: isDeployed },
  resume: { acts: ['resume'], before: isAsleep },
  restart: { acts: ['restart'], before: isDeployed },
  terminate: { acts: ['terminate'], before: isDeployed },
  'launch and suspend': { acts: ['launch', 'suspend'], before: isNone },
  'launch and terminate': { acts: ['launch', 'terminate'], before: isNone },
  'suspend and resume': { acts: ['suspend', 'resume'], before: isDeployed },
  'resume and restart': { acts: ['resume', 'restart'], before: isAsleep },
  'restart and terminate': { acts: ['restart', 'terminate'], before: isDeployed },
} satisfies Record<string, { acts: Act[]; before: Order }>

export type Deed = keyof typeof asked
export const deeds = Object.keys(asked) as Deed[]

/** Kills a store in the midst of what it was asked for, at one point after the other, and starts it again. */
export class KillEverywhere {
  readonly #store: FaultyStore
  readonly #appId: string
  readonly #traces: () => string[]
  readonly #bare: string[]
  kills = 0

  private constructor(store: FaultyStore, appId: string, traces: () => string[]) {
    this.#store = store
    this.#appId = appId
    this.#traces = traces
    this.#bare = kindsOf(traces())
  }

  static async begin(store: FaultyStore, kind: 'file' | 'process'): Promise<KillEverywhere> {
    const volume = 'AppMode = "python"\nModule = "app"\nPort = 8000\nVolumeMount = "/data"\nVolumeSize = "8Mi"'
    const appId = await store.importBundle(await demoBundle({ runtime: volume, files: { 'app.py': helloApp } }))
    return new KillEverywhere(store, appId, () => tracesIn(store.dataDir, kind))
  }

  /** At the first, second, third … thing that the deed does, until it is done before; every `step`-th alone. */
  async during(deed: Deed, when: KillPoint['when'], step = 1): Promise<void> {
    for (let at = 1; ; at += step) {
      await this.#prepare(deed)
      const acts: Act[] = asked[deed].acts
      const wasKilled = await this.#store.killed(
        { at, when },
        () => this.#actAll(acts),
        () => this.#store.until(orderAfter[acts.at(-1)!]),
      )
      if (!wasKilled) return
      this.kills += 1
      await this.#store.start()
      await this.#requireOrder(deed)
    }
  }

  /** Nothing is left of anything. */
  async clean(): Promise<void> {
    const { client } = this.#store
    for (const { id } of (await client.listInstances({})).items)
      await client.terminateInstance({ params: { instanceId: id } })
    await this.#store.until(isNone)
    await this.#requireTraces([])
    await eventually(() => {
      const left = instanceDirectories(this.#store.dataDir)
      if (left.length > 0) throw new Error(`Left over: ${left}`)
    })
  }

  async #prepare(deed: Deed): Promise<void> {
    const { before } = asked[deed]
    const { items } = await this.#store.client.listInstances({})
    if (before(items)) return
    if (before === isNone) return this.clean()
    if (isNone(items)) await this.#act('launch')
    else await this.#act(before === isAsleep ? 'suspend' : 'resume')
    await this.#store.until(before)
  }

  async #actAll(acts: Act[]): Promise<void> {
    for (const act of acts) await this.#act(act)
  }

  async #act(act: Act): Promise<void> {
    const { client } = this.#store
    if (act === 'launch') return void (await client.launchInstance({ body: { appId: this.#appId } }))
    const { items } = await client.listInstances({})
    const params = { params: { instanceId: items[0]!.id } }
    if (act === 'terminate') await client.terminateInstance(params)
    else await client[`${act}Instance`](params)
  }

  /** It is as it was before, or as it was asked for last or on the way; what runs answers; and nothing runs that is not shown. */
  async #requireOrder(deed: Deed): Promise<void> {
    const { acts, before } = asked[deed]
    const orders = [before, ...acts.map((act) => orderAfter[act])]
    const items = await this.#store.until((seen) => orders.some((isIt) => isIt(seen)))
    const running = items.filter(({ status }) => status === 'DEPLOYED')
    for (const { url } of running) {
      const visitor = new InstanceVisitor(url, this.#store.cookies)
      await eventually(async () => {
        const { body, status } = await visitor.open()
        if (status !== 200 || body !== 'hello') throw new Error(`${status}: ${body}`)
      })
    }
    await this.#requireTraces(running.map(({ id }) => id))
  }

  /** With nothing running there is what was there before the first; of what runs, nothing but what is shown. */
  async #requireTraces(running: string[]): Promise<void> {
    await eventually(() => {
      const now = this.#traces()
      const alive = now.flatMap((line) => /^alive (.*)/.exec(line)?.[1] ?? []).sort()
      if (String(alive) !== String(running.sort())) throw new Error(`Alive: ${alive}, shown: ${running}`)
      const more = running.length > 0 ? [] : beyond(this.#bare, kindsOf(now))
      if (more.length > 0) throw new Error(`Left over:\n${more.join('\n')}`)
    })
  }
}

/** What there is more of than before. */
function beyond(before: string[], now: string[]): string[] {
  const rest = [...before]
  return now.filter((line) => {
    const index = rest.indexOf(line)
    if (index >= 0) rest.splice(index, 1)
    return index < 0
  })
}

/** What there is of instances besides the database, as lines; of those that run `alive <id>`. */
function tracesIn(dataDir: string, kind: 'file' | 'process'): string[] {
  if (kind === 'file')
    return keptIn(join(dataDir, engineFile)).flatMap(({ exit, spec }) => (exit ? [] : [`alive ${spec.id}`]))
  const lines = tracesOf(dataDir, { first: 0, count: 0 }).filter(
    (line) => !/^process \d+ \d+ .*(store-under-fault|stop\.ts)/.test(line),
  )
  return [...lines, ...scratchIn(dataDir)]
}

/** Of each instance, what is made anew with every start. */
function scratchIn(dataDir: string): string[] {
  return instanceDirectories(dataDir).flatMap((directory) =>
    existsSync(join(directory, 'scratch')) ? [`alive ${basename(directory)}`] : [],
  )
}

function instanceDirectories(dataDir: string): string[] {
  const instances = join(dataDir, 'runtime', 'instances')
  return existsSync(instances) ? readdirSync(instances).map((id) => join(instances, id)) : []
}
