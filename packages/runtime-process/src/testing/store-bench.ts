import { randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import { ProbeSpecs, type RuntimeHarness, type SuiteApp } from '@wave-store/runtime/testing'
import type { ProcessRuntimeOptions } from '../options.ts'
import { createProcessRuntime } from '../process-runtime.ts'
import { stopSupervisor } from '../stop-supervisor.ts'

export const launcherPath = fileURLToPath(new URL('../../../launcher/wave_launcher', import.meta.url))

/** A store's data directory of its own, with everything that is needed to run apps in it and to leave nothing. */
export class StoreBench implements RuntimeHarness {
  readonly root: string
  readonly options: ProcessRuntimeOptions
  readonly #specs: ProbeSpecs

  /** `below` is made inside the temporary directory and holds the data directory. */
  constructor(options: Partial<ProcessRuntimeOptions> = {}, below = '.', ownNetworks = true) {
    this.root = mkdtempSync(path.join(tmpdir(), 'wave-store-bench-'))
    this.#specs = new ProbeSpecs(this.root, () => (ownNetworks ? 8000 : 20_000 + randomInt(10_000)))
    const dataDir = path.join(this.root, below, 'data')
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    // Away from the defaults: several files of tests run at one time, and a store may be running beside them.
    const uidRange = { first: 400_000 + randomInt(40_000) * 100, count: 100 }
    // Nothing is made ahead, so that what there is belongs to an instance.
    this.options = { dataDir, launcherPath, uidRange, readySites: 0, ...options }
  }

  get dataDir(): string {
    return this.options.dataDir
  }

  open(): Promise<Runtime> {
    return createProcessRuntime(this.options)
  }

  bundle(files: Record<string, string>, mode?: number): InstanceSpec['bundle'] {
    return this.#specs.bundle(files, mode)
  }

  spec(app: SuiteApp): Promise<InstanceSpec> {
    return this.#specs.spec(app)
  }

  /** An instance of an app that consists of one module and listens on its port, 8000 where it has a network of its own. */
  specOf(app: string, changes: Partial<InstanceSpec> = {}): InstanceSpec {
    return this.#specs.specOf(app, changes)
  }

  async dispose(): Promise<void> {
    await stopSupervisor(this.dataDir, { graceMs: 1000 })
    rmSync(this.root, { recursive: true, force: true })
  }
}
