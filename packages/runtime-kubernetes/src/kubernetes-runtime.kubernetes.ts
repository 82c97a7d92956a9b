import { testRuntime } from '@wave-store/runtime/testing'
import { describe } from 'vitest'
import { ClusterBench, testCluster } from './testing/cluster-bench.ts'

describe.skipIf(!testCluster)('on a cluster', () => {
  testRuntime('KubernetesRuntime', () => ClusterBench.create())
})
