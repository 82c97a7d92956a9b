import { engineVariable, startDockerEngine } from './docker-engine.ts'

/** One engine for all tests of a run, each bench with a name of its own on it. */
export default async function setup(): Promise<() => Promise<void>> {
  const engine = await startDockerEngine()
  process.env[engineVariable] = engine.host
  return async () => engine[Symbol.asyncDispose]()
}
