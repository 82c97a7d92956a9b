import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs'
import type { InstanceSpec, ObservedInstance, Phase } from '@wave-store/runtime'
import {
  buildVerdict,
  exitVerdict,
  launcherSpec,
  ownPorts,
  type Ports,
  stopped,
  troubleVerdict,
  type Verdict,
} from '@wave-store/runtime/driver'
import type { ProcessRuntimeOptions } from '../options.ts'
import type { InstancePaths } from '../store-paths.ts'
import type { Cell, Cells } from './cells.ts'
import type { Environments, Lease } from './environments/environments.ts'
import { freePorts, isFree } from './free-ports.ts'
import { LogLimit } from './limit-log.ts'
import { watchMemory } from './memory-watch.ts'
import { missingOsPackages } from './os-packages.ts'
import type { ProcessesInside } from './processes-inside.ts'
import type { Program } from './program.ts'
import { removeTree } from './remove-tree.ts'
import type { SandboxProcess } from './sandbox/sandbox-process.ts'
import { layWritablePlaces } from './writable-places.ts'

export interface RunParts {
  cells: Cells
  environments: Environments
  program: () => Program
  options: () => Pick<ProcessRuntimeOptions, 'logMaxBytes' | 'storeDoor'>
  ownNetwork: boolean
  /** Whether volumes can be file systems of their own size. */
  images: boolean
}

export interface RunTarget {
  spec: InstanceSpec
  paths: InstancePaths
  uid: number | null
  onProgress: (phase: Exclude<Phase, 'exited'>, address?: ObservedInstance['address']) => void
  /** It has got one that others share. */
  onEnvironment: (key: string) => void
}

const defaultLogMaxBytes = 16 << 20
const launcherPhases = ['sourcing', 'starting', 'running'] as const
type LauncherPhase = (typeof launcherPhases)[number]

/** One generation of an instance, from its start to the last trace of its process. */
export class Run {
  readonly ended: Promise<Verdict>
  readonly #parts: RunParts
  readonly #target: RunTarget
  readonly #stop = new AbortController()
  #launcher: SandboxProcess | undefined
  #cell: Cell | undefined
  #inside: ProcessesInside | null = null
  #log = -1
  #stopVerdict = stopped

  constructor(parts: RunParts, target: RunTarget) {
    this.#parts = parts
    this.#target = target
    this.ended = this.#live()
  }

  get target(): RunTarget {
    return this.#target
  }

  /** Null while there are no processes. */
  get inside(): ProcessesInside | null {
    return this.#inside
  }

  /** SIGTERM, `graceMs`, SIGKILL; resolves when nothing of the process is left. `verdict` says why. */
  async stop(graceMs: number, verdict: Verdict): Promise<void> {
    if (!this.#stop.signal.aborted) {
      this.#stopVerdict = verdict
      this.#stop.abort(new Error(verdict.message))
    }
    this.#launcher?.terminate()
    const timer = setTimeout(() => this.#kill(), graceMs)
    await this.ended
    clearTimeout(timer)
  }

  async #live(): Promise<Verdict> {
    const { paths, spec } = this.#target
    let limit: { end(): void } | undefined
    try {
      this.#log = openSync(paths.currentLog, 'a+', 0o600)
      limit = new LogLimit(this.#log, this.#parts.options().logMaxBytes ?? defaultLogMaxBytes)
      if (!existsSync(spec.bundle.path)) return bundleMissing(spec.bundle.path)
      const missing = await missingOsPackages(spec.environment.osPackages)
      if (missing.length > 0) return osPackageMissing(missing)
      return await this.#liveInEnvironment()
    } catch (error) {
      return this.#stop.signal.aborted ? this.#stopVerdict : troubleVerdict(error)
    } finally {
      limit?.end()
      if (this.#log !== -1) closeSync(this.#log)
      // What stays is removed by the next start, or with the instance.
      await removeTree(paths.scratch).catch((error: unknown) => console.error(error))
    }
  }

  async #liveInEnvironment(): Promise<Verdict> {
    const { spec, paths, uid, onProgress } = this.#target
    const environment = await this.#parts.environments.acquire({
      spec,
      paths,
      uid,
      signal: this.#stop.signal,
      onPhase: onProgress,
      onOutput: (chunk) => this.#print(chunk),
    })
    if ('reason' in environment) return buildVerdict(environment.reason, environment.message)
    if (environment.key) this.#target.onEnvironment(environment.key)
    try {
      const { id, limits } = spec
      this.#cell = await this.#parts.cells.open({ name: id, kind: 'instance', uid, limits })
      try {
        return await this.#liveInCell(this.#cell, environment)
      } finally {
        await this.#cell.close()
      }
    } finally {
      environment.release()
    }
  }

  async #liveInCell(cell: Cell, environment: Lease): Promise<Verdict> {
    const { spec, paths, uid, onProgress } = this.#target
    const ports = await this.#ports()
    const host = cell.network?.address ?? '127.0.0.1'
    const address = { host, port: ports.public }
    await removeTree(paths.scratch)
    mkdirSync(paths.scratch, { mode: 0o711 })
    const writable = await layWritablePlaces(spec, paths, uid, this.#parts.images)
    this.#stop.signal.throwIfAborted()

    let claim: unknown
    let reached = -1
    const launcher = this.#parts.cells.launch(cell, {
      verb: 'run',
      program: this.#parts.program(),
      bundlePath: spec.bundle.path,
      scratch: paths.scratch,
      resources: environment,
      writable: writable.mounts,
      storeDoor: this.#storeDoor(),
      spec: launcherSpec(spec, host, ports),
      env: {},
      output: this.#log,
      onEvent: (event) => {
        const { event: kind, phase } = (event ?? {}) as { event?: unknown; phase?: LauncherPhase }
        if (kind === 'failed') claim = event
        const step = kind === 'phase' && phase ? launcherPhases.indexOf(phase) : -1
        // Never back: an app that took the launcher over could keep everybody busy with its phases.
        if (step <= reached) return
        reached = step
        onProgress(launcherPhases[step]!, step === 0 ? undefined : address)
      },
    })
    this.#launcher = launcher
    const watch = watchMemory(cell.cgroup, launcher.pid ?? 0, spec.limits.memoryBytes, () => this.#kill())
    const { volume } = writable
    const volumeImageAt = volume?.image ? this.#parts.cells.see(cell, volume.source) : null
    this.#inside = { cgroup: cell.cgroup, pid: launcher.pid ?? 0, watch, volumeImageAt }
    const end = await launcher.ended.finally(() => {
      this.#launcher = undefined
      this.#inside = null
    })
    return exitVerdict({
      stop: this.#stop.signal.aborted ? this.#stopVerdict : null,
      outOfMemory: watch.end(),
      memoryBytes: spec.limits.memoryBytes,
      claim,
      end,
    })
  }

  #storeDoor() {
    return this.#target.spec.reachesStore ? this.#parts.options().storeDoor : undefined
  }

  async #ports(): Promise<Ports> {
    const { entry } = this.#target.spec
    if (this.#parts.ownNetwork) return ownPorts(entry, this.#storeDoor()?.port)
    if (entry.mode === 'wave') {
      const [first, second] = await freePorts(2)
      return { public: first!, app: second! }
    }
    // Otherwise the launcher would take the answers of another program for the app's.
    if (!(await isFree(entry.port)))
      throw new Error(`port ${entry.port} is in use on this machine, whose network apps share`)
    return { public: entry.port, app: 0 }
  }

  /** On a full disk the log ends; the build may still succeed. */
  #print(chunk: Uint8Array): void {
    try {
      writeSync(this.#log, chunk)
    } catch (error) {
      console.error(`Output of ${this.#target.spec.id} is not kept: ${(error as Error).message}`)
    }
  }

  #kill(): void {
    this.#cell?.cgroup?.kill()
    this.#launcher?.kill()
  }
}

function bundleMissing(file: string): Verdict {
  return { reason: 'source_failed', message: `The app's bundle is not there any more: ${file}.`, code: null }
}

function osPackageMissing(missing: string[]): Verdict {
  const names = missing.join(' ')
  const message = `packages.txt names what is not installed on this machine: ${names}. An operator can install it: apt-get install ${names}`
  return { reason: 'os_package_missing', message, code: null }
}
