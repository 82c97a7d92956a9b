import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Capabilities, InstanceSpec, InstanceStats } from '@wave-store/runtime'
import { Places } from '@wave-store/runtime/driver'
import type { Settings, SupervisorFile } from '../protocol.ts'
import type { StorePaths } from '../store-paths.ts'
import { Cells } from './cells.ts'
import { cleanLeftovers } from './clean-leftovers.ts'
import { DiskWatch } from './disk/disk-watch.ts'
import { EnvironmentShelf } from './environments/environment-shelf.ts'
import { Environments } from './environments/environments.ts'
import { readRecords } from './instance-record.ts'
import { Instances } from './instances.ts'
import { capabilitiesOf, examineMachine, type Machine, networkSettings } from './machine.ts'
import { type Program, publishProgram, refreshResolvConf } from './program.ts'
import { refuseUnsupported } from './refusal.ts'
import { defaultUids, Uids } from './uids.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** Everything of one store that needs the machine's privileges, built from the first settings that a driver sends. */
export class Supervisor {
  readonly machine: Machine
  readonly instances: Instances
  readonly shelf: EnvironmentShelf
  readonly #store: StorePaths
  readonly #disk: DiskWatch
  readonly #cells: Cells
  #settings: Settings
  #program: Program

  private constructor(store: StorePaths, machine: Machine, shelf: EnvironmentShelf, settings: Settings) {
    this.#store = store
    this.machine = machine
    this.shelf = shelf
    this.#settings = settings
    this.#program = publishProgram(store.program, settings)
    const records = readRecords(store)
    const taken = records.flatMap(({ uid }) => (uid === null ? [] : [uid]))
    const uids = new Uids(machine.root ? (settings.uidRange ?? defaultUids) : null, taken)
    this.#cells = new Cells(store, machine, settings)
    const parts = {
      cells: this.#cells,
      networks: machine.networks,
      uids,
      machine,
      program: () => this.#currentProgram(),
      options: () => this.#settings,
      ownNetwork: machine.networks !== null,
      images: machine.images,
      shelf,
      places: new Places(settings.maxConcurrentStarts ?? 2),
    }
    this.instances = new Instances(store, { ...parts, environments: new Environments(parts) }, uids, records)
    this.#disk = new DiskWatch({
      directory: store.runtime,
      users: () => this.instances.diskUsers(),
      options: () => this.#settings,
      onRoom: () => this.instances.saveAgain(),
    })
  }

  static async open(store: StorePaths, settings: Settings, examine = examineMachine): Promise<Supervisor> {
    layDirectories(store)
    await cleanLeftovers(store)
    const machine = await examine(store, settings)
    const file: SupervisorFile = { pid: process.pid, socket: store.socket, groups: machine.cgroups?.parents ?? [] }
    writeFileAtomically(store.supervisorFile, JSON.stringify(file))
    try {
      return new Supervisor(store, machine, await EnvironmentShelf.open(store.environments), settings)
    } catch (error) {
      await removeTraces(machine)
      throw error
    }
  }

  get capabilities(): Capabilities {
    return capabilitiesOf(this.machine, this.#settings.allowUnsandboxed ?? false)
  }

  async configure(settings: Settings): Promise<Capabilities> {
    this.#settings = settings
    this.#program = publishProgram(this.#store.program, settings)
    await this.machine.networks?.apply(networkSettings(settings))
    this.#cells.prepare()
    return this.capabilities
  }

  start(spec: InstanceSpec): void {
    refuseUnsupported(spec, this.capabilities.isolation, this.#settings.allowUnsandboxed ?? false)
    this.instances.start(spec)
  }

  stats(): InstanceStats[] {
    return this.instances.stats((id, path) => this.#disk.bytesAt(id, path))
  }

  /** Ends all instances and removes every trace on the machine but the data. */
  async close(graceMs: number): Promise<void> {
    this.#disk.end()
    await this.instances.stopAll(graceMs)
    await this.#cells.close()
    await removeTraces(this.machine)
    const { supervisorFile, run, program } = this.#store
    for (const made of [supervisorFile, run, program]) rmSync(made, { recursive: true, force: true })
  }

  #currentProgram(): Program {
    refreshResolvConf(this.#program, this.machine.networks !== null)
    return this.#program
  }
}

function layDirectories(store: StorePaths): void {
  // Sandboxes' users pass through to what is theirs, and list nothing.
  for (const directory of [store.runtime, store.instances]) {
    mkdirSync(directory, { recursive: true, mode: 0o711 })
    chmodSync(directory, 0o711)
  }
  mkdirSync(store.runtimeView, { recursive: true, mode: 0o711 })
  chmodSync(path.dirname(store.runtimeView), process.getuid?.() === 0 ? 0o711 : 0o700)
  writeFileSync(store.bundleView, '')
}

async function removeTraces({ networks, cgroups }: Machine): Promise<void> {
  await networks?.removeAll()
  cgroups?.removeParents()
}
