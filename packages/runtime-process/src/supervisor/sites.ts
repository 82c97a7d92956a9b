import type { Cgroup } from './cgroups/cgroups.ts'
import type { Machine } from './machine.ts'
import type { OwnNetwork } from './network/own-networks.ts'
import { Entrance } from './sandbox/entrance.ts'

/** What of a cell does not depend on who is going to be in it. */
export interface Site {
  network: OwnNetwork | null
  /** Without limits yet. */
  cgroup: Cgroup | null
  /** A way to become a sandbox there, in an environment; once. */
  enter: (env: Environment) => Way
  remove(): Promise<void>
}

export interface Way {
  entrance: Entrance
  /** Of the control group, where the entrance is not in it yet. */
  joinFiles: string[]
}

interface ReadySite {
  name: string
  network: OwnNetwork
  entrance: Entrance
  cgroup: Cgroup | null
  conditions: string
}

type Environment = Record<string, string>

const defaultReady = 4
/** A share of all networks that may be kept ready: those that run come first. */
const readyShare = 1 / 64
/** With fewer, the launch that comes next may have to wait for one. */
const enough = 2
/** With enough, the machine has better things to do at first after a launch. */
const pauseMs = 250

/**
 * Makes sites, and keeps a few ready for instances, as the kernel takes its time to make networks and to move a process
 * to a control group. One is used once and thrown away.
 */
export class Sites {
  readonly #machine: Machine
  readonly #env: Environment
  readonly #mostReady: number
  readonly #ready: ReadySite[] = []
  #made = 0
  #timer: NodeJS.Timeout | undefined
  #work: Promise<void> = Promise.resolve()
  #closed = false

  /** @param env that sandboxes of instances begin with */
  constructor(machine: Machine, env: Environment, mostReady = defaultReady) {
    this.#machine = machine
    this.#env = env
    this.#mostReady = mostReady
  }

  /** Makes some ready in a moment, where there are fewer. */
  prepare(): void {
    if (this.#closed || !this.#machine.networks) return
    clearTimeout(this.#timer)
    const wait = this.#ready.length < enough ? 0 : pauseMs
    this.#timer = setTimeout(() => {
      this.#work = this.#work.then(() => this.#fill()).catch((error: unknown) => console.error(error))
    }, wait).unref()
  }

  async takeOrMake(name: string, kind: 'instance' | 'build'): Promise<Site> {
    const ready = kind === 'instance' ? await this.#take(name) : undefined
    if (ready) return ready
    const cgroup = this.#machine.cgroups?.create(name, null) ?? null
    try {
      return siteOf((await this.#machine.networks?.add(kind)) ?? null, cgroup)
    } catch (error) {
      await cgroup?.remove()
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#work
    await Promise.all(this.#ready.splice(0).map(discard))
  }

  async #take(name: string): Promise<Site | undefined> {
    // The firewall has to be up to date with the machine, as for a new network.
    await this.#machine.networks?.apply()
    this.prepare()
    for (let ready = this.#ready.shift(); ready; ready = this.#ready.shift()) {
      const isGood = ready.entrance.isOpen && ready.conditions === this.#machine.networks?.conditions
      try {
        if (isGood) return this.#claim(ready, name)
      } catch (error) {
        console.error(error)
      }
      await discard(ready)
    }
    return undefined
  }

  #claim(ready: ReadySite, name: string): Site {
    const { cgroups } = this.#machine
    const moved = ready.cgroup && cgroups?.rename ? cgroups.rename(ready.name, name) : null
    const site = siteOf(ready.network, moved ?? cgroups?.create(name, null) ?? null)
    return {
      ...site,
      enter: (env) => {
        // It has the environment that it was made with.
        if (!isSame(env, this.#env)) return site.enter(env)
        return { entrance: ready.entrance, joinFiles: moved ? [] : (site.cgroup?.joinFiles ?? []) }
      },
      async remove() {
        await ready.entrance.close()
        await site.remove()
      },
    }
  }

  async #fill(): Promise<void> {
    const { networks, cgroups } = this.#machine
    const wanted = Math.min(this.#mostReady, Math.floor((networks?.count ?? 0) * readyShare))
    while (networks && !this.#closed && this.#ready.length < wanted) {
      const name = `ready-${++this.#made}`
      const { conditions } = networks
      // Otherwise it is joined late, as a group is found by the name of its instance.
      const cgroup = cgroups?.rename ? cgroups.create(name, null) : null
      const network = await networks.add('instance').catch(async (error: unknown) => {
        await cgroup?.remove()
        throw error
      })
      const place = { networkNamespace: network.namespace, joinFiles: cgroup?.joinFiles ?? [] }
      const site = { name, network, cgroup, conditions, entrance: new Entrance(place, this.#env) }
      if (!(await hasArrived(site.entrance))) {
        await discard(site)
        throw new Error('A shell that waits to become a sandbox has ended; the next launches do without')
      }
      this.#ready.push(site)
    }
  }
}

function siteOf(network: OwnNetwork | null, cgroup: Cgroup | null): Site {
  const place = { networkNamespace: network?.namespace ?? null, joinFiles: [] }
  return {
    network,
    cgroup,
    enter: (env) => ({ entrance: new Entrance(place, env), joinFiles: cgroup?.joinFiles ?? [] }),
    async remove() {
      await cgroup?.remove()
      await network?.remove()
    },
  }
}

/** Before that, a group by another name would not be found by who joins it. */
async function hasArrived({ arrived, ended }: Entrance): Promise<boolean> {
  const hasEnded = ended.then(
    () => false,
    () => false,
  )
  return Promise.race([arrived.then(() => true), hasEnded])
}

async function discard({ entrance, cgroup, network }: ReadySite): Promise<void> {
  await entrance.close()
  await cgroup?.remove()
  await network.remove()
}

function isSame(one: Environment, other: Environment): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
