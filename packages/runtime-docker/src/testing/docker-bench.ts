import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { constraintsPath, launcherPath } from '@wave-store/launcher'
import { pythonTools } from '@wave-store/launcher/python-tools'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import { ProbeSpecs, type RuntimeHarness, type SuiteApp } from '@wave-store/runtime/testing'
import { createDockerRuntime } from '../docker-runtime.ts'
import { openEngine } from '../engine.ts'
import type { DockerRuntimeOptions } from '../options.ts'
import { baseImage, repository } from './docker-engine.ts'
import { removeStore } from './remove-store.ts'

/** A store of its own on the engine, which leaves nothing there. */
export class DockerBench implements RuntimeHarness {
  readonly options: DockerRuntimeOptions
  readonly specs: ProbeSpecs
  readonly #root: string

  constructor(host: string, options: Partial<DockerRuntimeOptions> = {}) {
    this.#root = mkdtempSync(path.join(tmpdir(), 'docker-bench-'))
    this.specs = new ProbeSpecs(this.#root)
    this.options = {
      name: `test-${randomBytes(4).toString('hex')}`,
      host,
      image: {
        base: baseImage,
        recipePath: path.join(repository, 'deploy/app-image'),
        launcherPath,
        ...pythonTools(path.join(repository, 'data/tools')),
      },
      constraintsPath,
      ...options,
    }
  }

  get docker() {
    return openEngine(this.options.host).streams
  }

  open(): Promise<Runtime> {
    return createDockerRuntime(this.options)
  }

  spec(app: SuiteApp): Promise<InstanceSpec> {
    return this.specs.spec(app)
  }

  async dispose(): Promise<void> {
    await removeStore(this.options)
    rmSync(this.#root, { recursive: true, force: true })
  }
}
