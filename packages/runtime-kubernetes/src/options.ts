import type { IndexSettings } from '@wave-store/runtime/driver'

/** What the Kubernetes driver is told. */
export interface KubernetesRuntimeOptions {
  /** Tells this store's objects from those of others in the namespace: 1 to 20 of `a-z`, `0-9` and `-`. Servers of one store share it. */
  name: string
  /** Where instances are; it must exist. */
  namespace: string
  /** Path of a kubeconfig; default: the pod's own service account, else what `kubectl` would take. */
  kubeconfig?: string
  /** What apps run in: built by `deploy/app-image/build`, known to the cluster's nodes or in a registry of theirs. */
  image: string
  /** Name of a Secret of the namespace that opens the registry. */
  imagePullSecret?: string
  /** `service`: by the name of an instance's Service, for a store in the cluster. `pod`: by the address of its pod. Default `service`. */
  addresses?: 'service' | 'pod'
  /** Of the cluster's storage classes the one for volumes; default the cluster's own. */
  storageClass?: string
  /** Where a pod gets a bundle from, as the store answers for. */
  bundleSource: (bundle: { path: string; sha256: string }) => { url: string; headers: Record<string, string> }
  /** The store's port, which pods of the store answer at. */
  storePort: number
  /** A pip constraints file that holds for every environment. */
  constraintsPath?: string
  index?: IndexSettings
  /** What a build of an environment may use; default 2 GiB. */
  buildLimits?: { memoryBytes: number }
  /** How long a pod may be kept from starting by what does not get better by itself; default 3 minutes. */
  stuckMs?: number
  /** What an instance may write outside of its volume; beyond it is evicted; default 10 GiB. */
  scratchMaxBytes?: number
  /** Between two looks at everything, whatever the watch has told; default 5 minutes. */
  resyncMs?: number
}
