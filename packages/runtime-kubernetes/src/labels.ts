/** What the cluster holds of a store is found by these, never by name. */
export const labels = {
  store: 'wave-store.io/store',
  /** `instance` or `helper`. */
  kind: 'wave-store.io/kind',
  instance: 'wave-store.io/instance',
  generation: 'wave-store.io/generation',
  /** Of pods of a store itself: those in front of instances have `gateway`. */
  part: 'wave-store.io/part',
} as const

export const annotations = {
  /** Where its app is reached inside. */
  port: 'wave-store.io/port',
  /** Where its launcher tells what it uses. */
  usagePort: 'wave-store.io/usage-port',
  memory: 'wave-store.io/memory-bytes',
  /** Why its app is not started, as JSON: known before it was made, so that it need not be believed of what is in it. */
  failure: 'wave-store.io/failure',
  /** Why we ended it. */
  ended: 'wave-store.io/ended',
} as const

export class Names {
  readonly store: string

  constructor(store: string) {
    this.store = store
  }

  /** Of what an instance has as long as it exists: its Service, its volume, its policy. */
  instance(id: string, what?: 'data' | 'resources'): string {
    return ['wave', this.store, id, what].filter((part) => part !== undefined).join('-')
  }

  /** Of a process: its pod, and the Secrets that it starts by. */
  process(id: string, generation: number, what?: 'run' | 'build'): string {
    return ['wave', this.store, id, generation, what].filter((part) => part !== undefined).join('-')
  }

  helper(what: string): string {
    return `wave-${this.store}-${what}`
  }

  /** What every list of ours asks for. */
  selector(further: Record<string, string> = {}): string {
    const all = { [labels.store]: this.store, ...further }
    return Object.entries(all)
      .map(([name, value]) => `${name}=${value}`)
      .join(',')
  }

  labels(kind: 'instance' | 'helper', further: Record<string, string> = {}): Record<string, string> {
    return {
      'app.kubernetes.io/managed-by': 'wave-app-store',
      [labels.store]: this.store,
      [labels.kind]: kind,
      ...further,
    }
  }

  ofInstance(id: string): Record<string, string> {
    return { [labels.store]: this.store, [labels.kind]: 'instance', [labels.instance]: id }
  }
}
