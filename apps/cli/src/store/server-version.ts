import { StoreError } from '@wave-store/client/store-error'
import type { Cli } from '../cli.ts'
import { failureText } from '../explain.ts'
import { Failure } from '../failure.ts'
import { endpointOf, loadSettings } from './connect.ts'
import { discover } from './discover.ts'
import { unreachable } from './unreachable.ts'

/** Null where it cannot be asked; why is said. */
export async function serverVersion(cli: Cli): Promise<string | null> {
  try {
    return (await discover(cli, endpointOf(cli, await loadSettings(cli)))).version
  } catch (error) {
    cli.interrupted.throwIfAborted()
    const failure = error instanceof StoreError ? unreachable(error) : error
    if (!(failure instanceof Failure)) throw error
    cli.stderr.write(failureText(failure))
    return null
  }
}
