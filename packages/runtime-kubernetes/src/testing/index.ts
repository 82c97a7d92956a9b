export { ClusterBench, testCluster } from './cluster-bench.ts'
