import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { InstanceSpec } from '../runtime.ts'
import { countingApp, endingApp, servingApp } from './apps.ts'
import { writeBundle } from './bundle.ts'
import type { SuiteApp } from './runtime-harness.ts'

/** Specs of real apps, whose bundles are written to a directory. */
export class ProbeSpecs {
  readonly #directory: string
  readonly #portOf: () => number

  /** @param portOf where the next app listens; by default 8000, as in a network of its own */
  constructor(directory: string, portOf = () => 8000) {
    this.#directory = directory
    this.#portOf = portOf
  }

  bundle(files: Record<string, string>, mode?: number): InstanceSpec['bundle'] {
    const file = writeBundle(path.join(this.#directory, `${randomUUID()}.wave`), files, mode)
    return { path: file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') }
  }

  async spec(app: SuiteApp): Promise<InstanceSpec> {
    switch (app.does) {
      case 'serves':
        return this.specOf(servingApp)
      case 'ends':
        return this.specOf(endingApp(app.output, app.code))
      case 'counts':
        return { ...this.specOf(countingApp), volume: { path: '/data', sizeBytes: 1 << 20 } }
      case 'missing':
        return { ...this.specOf(servingApp), entry: { mode: 'python', module: 'nowhere', port: 8000, args: [] } }
    }
  }

  /** An instance of an app that consists of one module. */
  specOf(app: string, changes: Partial<InstanceSpec> = {}): InstanceSpec {
    const port = this.#portOf()
    return {
      id: randomUUID(),
      generation: 1,
      app: { id: 'probe', name: 'probe', version: '1.0.0' },
      bundle: this.bundle({ 'app.py': app }),
      entry: { mode: 'python', module: 'app', port, args: [] },
      env: { PROBE_PORT: String(port) },
      files: [],
      environment: { inputsSha256: '', osPackages: [] },
      limits: { memoryBytes: 256 << 20, pids: 64 },
      basePath: '/',
      startTimeoutMs: 20_000,
      ...changes,
    }
  }
}
