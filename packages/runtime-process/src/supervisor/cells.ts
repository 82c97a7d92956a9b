import { chownSync, constants, copyFileSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { doorInside } from '@wave-store/runtime/driver'
import type { ProcessRuntimeOptions } from '../options.ts'
import type { StorePaths } from '../store-paths.ts'
import type { GroupLimits } from './cgroups/cgroups.ts'
import type { Machine } from './machine.ts'
import type { Program } from './program.ts'
import { bwrapArguments, type SandboxMounts } from './sandbox/bwrap-arguments.ts'
import { childFds } from './sandbox/entrance.ts'
import { becoming, entryCommand } from './sandbox/entry-script.ts'
import { SandboxProcess, type SandboxStart } from './sandbox/sandbox-process.ts'
import { type Site, Sites } from './sites.ts'

/** What the kernel keeps for one sandbox: its user, network and control group. */
export interface Cell extends Omit<Site, 'remove'> {
  uid: number | null
  close(): Promise<void>
}

export interface CellRequest {
  name: string
  kind: 'instance' | 'build'
  uid: number | null
  limits: GroupLimits
}

export interface CellStart {
  verb: 'run' | 'build'
  program: Program
  bundlePath: string
  /** Holds what each start makes anew. */
  scratch: string
  resources: SandboxMounts['resources']
  writable: SandboxMounts['writable']
  /** Where the store answers, for an instance that reaches it. */
  storeDoor?: ProcessRuntimeOptions['storeDoor']
  /** For the launcher; its `paths` and `storeRelay` are filled in here. */
  spec: Record<string, unknown>
  env: Record<string, string>
  output: SandboxStart['output']
  onEvent: SandboxStart['onEvent']
}

const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C.UTF-8' }

export class Cells {
  readonly #store: StorePaths
  readonly #machine: Machine
  readonly #sites: Sites

  constructor(store: StorePaths, machine: Machine, options: Pick<ProcessRuntimeOptions, 'readySites'>) {
    this.#store = store
    this.#machine = machine
    this.#sites = new Sites(machine, environment, options.readySites)
  }

  /** Makes ready what the next launches would wait for. */
  prepare(): void {
    this.#sites.prepare()
  }

  async open({ name, kind, uid, limits }: CellRequest): Promise<Cell> {
    const { remove, ...site } = await this.#sites.takeOrMake(name, kind)
    try {
      site.cgroup?.limit(limits)
      return { ...site, uid, close: remove }
    } catch (error) {
      await remove()
      throw error
    }
  }

  /** Of no use afterwards. */
  close(): Promise<void> {
    return this.#sites.close()
  }

  launch(cell: Cell, start: CellStart): SandboxProcess {
    const mounts = this.#layScratch(cell, start)
    const { sandbox } = this.#machine
    const launcher = sandbox ? '/opt/wave/launcher' : path.join(this.see(cell, start.program.opt), 'launcher')
    const fds = ['--spec-fd', String(childFds.spec), '--events-fd', String(childFds.events)]
    const inner = [this.#machine.python.path, '-I', '-S', '-B', launcher, start.verb, ...fds]
    const command = sandbox ? [...this.#bwrap(cell, mounts), ...inner] : inner
    return new SandboxProcess({
      ...cell.enter({ ...environment, ...start.env }),
      command: this.#enter(cell, mounts, command),
      spec: {
        ...start.spec,
        ...this.#storeRelay(cell, start),
        paths: sandbox ? {} : this.#plainPaths(cell, start, mounts),
      },
      output: start.output,
      onEvent: start.onEvent,
      seccomp: sandbox ? start.program.seccomp : null,
      wrapped: sandbox !== null,
    })
  }

  #bwrap(cell: Cell, mounts: SandboxMounts): string[] {
    const { sandbox } = this.#machine
    if (!sandbox) return []
    const fds = { seccomp: mounts.program.seccomp === null ? null : childFds.seccomp, status: childFds.status }
    const seen = { ...mounts, bundle: this.#seeBundle(cell, mounts.bundle) }
    const args = bwrapArguments(seen, fds, sandbox, (each) => this.see(cell, each))
    return ['bwrap', ...args, ...(sandbox.userNamespaces || cell.uid === null ? [] : becoming(cell.uid))]
  }

  /** In a network of its own, an instance finds nothing of the machine at the store's address. */
  #storeRelay(cell: Cell, { storeDoor }: CellStart) {
    if (!storeDoor || !cell.network) return {}
    const { sandbox } = this.#machine
    const socket = sandbox ? path.join(doorInside, path.basename(storeDoor.socket)) : this.see(cell, storeDoor.socket)
    return { storeRelay: { port: storeDoor.port, socket } }
  }

  #enter(cell: Cell, mounts: SandboxMounts, command: string[]): string[] {
    if (cell.uid === null) return entryCommand({ views: [], images: [], uid: null }, command)
    const views = [{ source: this.#store.runtime, at: this.#store.runtimeView }]
    if (!this.#isInside(mounts.bundle)) views.push({ source: mounts.bundle, at: this.#store.bundleView })
    // Without user namespaces bubblewrap itself has to be root, and the user changes behind it.
    const uid = this.#machine.sandbox?.userNamespaces === false ? null : cell.uid
    const images = [{ source: mounts.resources.path, image: mounts.resources.image }, ...mounts.writable].flatMap(
      ({ source, image }) => (image ? [{ file: image, at: this.see(cell, source) }] : []),
    )
    return entryCommand({ views, images, uid }, command)
  }

  /** Makes the fresh directories, owned by the sandbox's user. */
  #layScratch(cell: Cell, start: CellStart): SandboxMounts {
    mkdirSync(start.scratch, { recursive: true, mode: 0o711 })
    const make = (name: string) => {
      const directory = path.join(start.scratch, name)
      mkdirSync(directory, { mode: 0o700 })
      if (cell.uid !== null) chownSync(directory, cell.uid, cell.uid)
      return directory
    }
    const { program, resources, storeDoor, writable } = start
    const bundle = this.#readableBundle(cell, start)
    const door = storeDoor && cell.network ? path.dirname(storeDoor.socket) : null
    return { program, bundle, app: make('app'), tmp: make('tmp'), home: make('home'), resources, writable, door }
  }

  /** A bundle that only its owner may read is copied, as its mode is not ours to change. */
  #readableBundle(cell: Cell, { bundlePath, scratch }: CellStart): string {
    if (cell.uid === null || (statSync(bundlePath).mode & 0o004) !== 0) return bundlePath
    const copy = path.join(scratch, 'bundle.wave')
    copyFileSync(bundlePath, copy, constants.COPYFILE_FICLONE)
    chownSync(copy, cell.uid, cell.uid)
    return copy
  }

  #plainPaths(cell: Cell, start: CellStart, mounts: SandboxMounts): Record<string, string> {
    const see = (each: string) => this.see(cell, each)
    const waveCwd = path.join(start.scratch, 'opt', 'wave')
    mkdirSync(waveCwd, { recursive: true, mode: 0o755 })
    return {
      bundle: this.#seeBundle(cell, mounts.bundle),
      app: see(mounts.app),
      tmp: see(mounts.tmp),
      home: see(mounts.home),
      venv: see(mounts.resources.path),
      uv: path.join(see(start.program.opt), 'uv'),
      constraints: path.join(see(start.program.opt), 'constraints.txt'),
      waved: path.join(see(start.program.opt), 'waved'),
      waveCwd: see(waveCwd),
    }
  }

  #isInside(file: string): boolean {
    return file.startsWith(`${this.#store.runtime}/`)
  }

  /** Where the processes of a cell, before they are in their sandbox, find a file of the driver. */
  see(cell: Cell, file: string): string {
    return cell.uid === null ? file : path.join(this.#store.runtimeView, path.relative(this.#store.runtime, file))
  }

  #seeBundle(cell: Cell, file: string): string {
    if (cell.uid === null) return file
    return this.#isInside(file) ? this.see(cell, file) : this.#store.bundleView
  }
}
