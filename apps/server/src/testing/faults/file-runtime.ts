import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Exit, InstanceSpec, StopOptions } from '@wave-store/runtime'
import { InMemoryRuntime, type InMemoryRuntimeOptions } from '@wave-store/runtime/testing'

interface Kept {
  spec: InstanceSpec
  exit?: Exit
}

/** An engine without processes whose instances outlive the process that started them: a file holds them. */
export class FileRuntime extends InMemoryRuntime {
  readonly #file: string

  private constructor(file: string, options: InMemoryRuntimeOptions) {
    super(options)
    this.#file = file
  }

  static async open(file: string, options: InMemoryRuntimeOptions): Promise<FileRuntime> {
    const runtime = new FileRuntime(file, options)
    for (const { spec, exit } of keptIn(file)) {
      await InMemoryRuntime.prototype.start.call(runtime, spec)
      if (exit) runtime.exit(spec.id, exit)
    }
    return runtime
  }

  override async start(spec: InstanceSpec): Promise<void> {
    await super.start(spec)
    await this.#keep()
  }

  override async stop(id: string, options: StopOptions): Promise<void> {
    await super.stop(id, options)
    await this.#keep()
  }

  async #keep(): Promise<void> {
    const kept = (await this.inspect()).map(({ id, exit }) => ({ spec: this.specOf(id), exit }))
    writeFileSync(`${this.#file}.new`, JSON.stringify(kept))
    renameSync(`${this.#file}.new`, this.#file)
  }
}

/** What such an engine holds, alive or ended. */
export function keptIn(file: string): Kept[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept[]
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  }
}
