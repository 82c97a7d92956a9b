import { createClient } from '@wave-store/client'
import type { Discovery } from '@wave-store/contract'
import type { Cli } from '../cli.ts'
import { reach } from './reach.ts'

/**
 * What a store says of itself to anybody.
 *
 * @throws {StoreError} when there is no answer, or it is no store's
 */
export async function discover(cli: Cli, endpoint: string): Promise<Discovery> {
  const ask: typeof fetch = (url, init) =>
    reach(String(url), { ...init, signal: cli.interrupted }, cli.options.requestTimeoutMs)
  return createClient({ baseUrl: endpoint, fetch: ask }).discover()
}
