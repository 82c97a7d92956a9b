import type { BuiltEnvironment, EnvironmentCache } from '../runtime.ts'

type Packages = { name: string; version: string }[]

/** Environments that a test puts there. */
export class InMemoryEnvironments implements EnvironmentCache {
  readonly #kept = new Map<string, { built: BuiltEnvironment; packages: Packages }>()

  keep(built: BuiltEnvironment, packages: Packages = []): void {
    this.#kept.set(built.key, { built, packages })
  }

  async list(): Promise<BuiltEnvironment[]> {
    return [...this.#kept.values()].map(({ built }) => built)
  }

  async packages(key: string): Promise<Packages> {
    return this.#kept.get(key)?.packages ?? []
  }

  async discard(key: string): Promise<void> {
    this.#kept.delete(key)
  }
}
