import { clusterVariable, startPostgres } from './postgres-cluster.ts'

/** One cluster for all tests of a run, each store in a database of its own. */
export default async function setup(): Promise<() => Promise<void>> {
  const cluster = await startPostgres()
  process.env[clusterVariable] = cluster.directory
  return async () => cluster[Symbol.asyncDispose]()
}
