/** What the engine holds of a store is found by these, never by name. */
export const labels = {
  store: 'wave-store.store',
  /** `instance`, `build`, `environment` or `helper`. */
  kind: 'wave-store.kind',
  instance: 'wave-store.instance',
  generation: 'wave-store.generation',
  /** Names one process in its log, before it has a container as well as after. */
  process: 'wave-store.process',
  /** Where its app is reached inside. */
  port: 'wave-store.port',
  memory: 'wave-store.memory-bytes',
  /** Key of the shared environment, and the volume it is in. */
  environment: 'wave-store.environment',
  environmentVolume: 'wave-store.environment-volume',
  /** Why its app was never started, as JSON: known before it was made, so that it need not be believed of what is in it. */
  failure: 'wave-store.failure',
  /** Facts of a finished environment, as JSON. */
  facts: 'wave-store.facts',
  /** Bytes that a volume may hold. */
  size: 'wave-store.size-bytes',
} as const

/** Why we ended a container stands in its name, the one thing of it that can still be changed. */
export type Mark = 'stopped' | 'disk-full'

export class Names {
  readonly store: string

  constructor(store: string) {
    this.store = store
  }

  instance(id: string, generation: number, mark?: Mark): string {
    return `wave-${this.store}-${id}-${generation}${mark ? `-${mark}` : ''}`
  }

  volume(id: string): string {
    return `wave-${this.store}-${id}`
  }

  environment(key: string): string {
    return `wave-${this.store}-environment-${key}`
  }

  network(kind: 'apps' | 'builds'): string {
    return `wave-${this.store}-${kind}`
  }

  /** What every list of ours asks for. */
  filter(...further: string[]): { label: string[] } {
    return { label: [`${labels.store}=${this.store}`, ...further] }
  }

  labels(kind: 'instance' | 'build' | 'environment' | 'helper', further: Record<string, string> = {}) {
    return { [labels.store]: this.store, [labels.kind]: kind, ...further }
  }
}

/** @param names of a container, as the engine lists them: each with a slash before it */
export function markOf(names: string[]): Mark | undefined {
  return (['stopped', 'disk-full'] as const).find((mark) => names.some((name) => name.endsWith(`-${mark}`)))
}
