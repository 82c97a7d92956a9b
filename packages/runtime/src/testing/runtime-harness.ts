import type { InstanceSpec, Runtime } from '../runtime.ts'

/** What the conformance suite needs of a driver: an engine with nothing in it, and apps that behave as told. */
export interface RuntimeHarness {
  /** A new `Runtime` object over the same engine; called more than once. */
  open(): Promise<Runtime>
  /** A spec with a new id, generation 1, whose app does what `app` says. */
  spec(app: SuiteApp): Promise<InstanceSpec>
  /** Ends the engine and everything in it. */
  dispose(): Promise<void>
}

/**
 * `serves`: prints `ready` and answers HTTP until it is ended; leaves its reply to SIGTERM to the default.
 * `ends`: prints `output` and ends with `code`.
 * `counts`: adds one to a counter on its volume, prints `count N`, then serves.
 * `missing`: names a module that does not exist.
 */
export type SuiteApp =
  | { does: 'serves' }
  | { does: 'ends'; output: string; code: number }
  | { does: 'counts' }
  | { does: 'missing' }
