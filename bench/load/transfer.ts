import { type Child, startChild } from '../child.ts'

export const largeBytes = 10_000_000

/** Where the load goes, and what a browser would send along. */
export interface Target {
  port: number
  headers: Record<string, string>
}

/** What the process that makes the load is asked to do. */
export type Transfer =
  /** One message at a time on each connection, sent again as soon as its echo is there. */
  | { kind: 'echo'; target: Target; connections: number; durationMs: number }
  /** Bodies of `largeBytes`, several at a time. */
  | { kind: 'down' | 'up'; target: Target; connections: number; times: number }

export interface Transferred {
  /** Echoes, or bodies. */
  count: number
  elapsedMs: number
}

export interface TransferLoad extends AsyncDisposable {
  run: (transfer: Transfer) => Promise<Transferred>
}

export async function startTransferLoad(): Promise<TransferLoad> {
  const child: Child<unknown> = await startChild('load/transfer-process.ts')
  return {
    run: async (transfer) => (await child.ask(transfer)) as Transferred,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
