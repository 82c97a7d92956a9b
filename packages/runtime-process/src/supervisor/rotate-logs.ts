import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import type { InstancePaths } from '../store-paths.ts'

/**
 * Begins a new log, the one before it becomes the previous one. A process that still writes to that goes on doing so,
 * as it holds the file and not its name. One that nothing was written to is no process's log yet, and is kept.
 */
export function rotateLogs({ currentLog, previousLog }: InstancePaths): void {
  const size = statSync(currentLog, { throwIfNoEntry: false })?.size ?? 0
  if (size > 0) renameSync(currentLog, previousLog)
  closeSync(openSync(currentLog, 'a', 0o600))
}
