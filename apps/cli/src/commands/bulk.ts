import { confirm } from '../ask.ts'
import type { Cli } from '../cli.ts'
import { explain, failureText } from '../explain.ts'
import { Failure, usageError } from '../failure.ts'

/** How a command that ends several things at once is held back. */
export interface BulkOptions {
  dryRun?: boolean
  yes?: boolean
}

/** Does the same to several things; one that fails keeps no other from it. @returns what came of those that did not */
export async function forEachOf<T, R>(cli: Cli, things: readonly T[], act: (thing: T) => Promise<R>): Promise<R[]> {
  if (things.length === 1) return [await act(things[0]!)]
  const results: R[] = []
  let failed = 0
  for (const thing of things) {
    try {
      results.push(await act(thing))
    } catch (error) {
      cli.interrupted.throwIfAborted()
      const failure = explain(error, false)
      failed++
      cli.stderr.write(failureText(failure))
    }
  }
  if (failed > 0) throw new Failure(`${failed} of ${things.length} failed; the others are done.`)
  return results
}

/** Shows what it would be with `--dry-run`, and asks before several things go. False: nothing is to be done. */
export async function isWanted(cli: Cli, question: string, count: number, options: BulkOptions): Promise<boolean> {
  if (options.dryRun || count === 0) return false
  if (count > 1) await confirm(cli, question, options.yes)
  return true
}

/** @throws {Failure} when things are named both ways, or not at all */
export function requireOneWay(ids: readonly string[], chosen: boolean, flag: string): void {
  if (ids.length > 0 === chosen)
    throw usageError(chosen ? `Name ids or say ${flag}, not both.` : `Name an id, or say ${flag}.`)
}
