import { setTimeout as wait } from 'node:timers/promises'
import { StoreError } from '@wave-store/client/store-error'
import { type Instance, operations, storeEvent } from '@wave-store/contract'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { Cli } from '../cli.ts'
import { isCode } from '../explain.ts'
import { Failure } from '../failure.ts'
import type { Store } from './store.ts'

const retryMs = 1000
/** A store that starts anew is back long before. */
const patienceMs = 10 * 60_000

/**
 * The instance as it is now, and then after each change; ends when it is gone, or may not be seen any more. A store that
 * is away for a while is waited for.
 *
 * @throws {StoreError | Failure} when it is away for ten minutes, or does not let in any more
 */
export async function* watchInstance(cli: Cli, store: Store, instanceId: string): AsyncGenerator<Instance> {
  let awaySince: number | undefined
  for (;;) {
    try {
      for await (const instance of listen(store, instanceId)) {
        awaySince = undefined
        yield instance
      }
    } catch (error) {
      if (isCode(error, 'not_found')) return
      cli.interrupted.throwIfAborted()
      if (!isPassing(error)) throw error
      if (awaySince === undefined) cli.say('# The store does not answer; waiting until it is back.')
      awaySince ??= Date.now()
      if (Date.now() - awaySince > patienceMs) throw error
    }
    await wait(retryMs, undefined, { signal: cli.interrupted })
  }
}

/** Ends with the connection. @throws {StoreError} `not_found` when the instance is gone */
async function* listen({ client, send }: Store, instanceId: string): AsyncGenerator<Instance> {
  const { body } = await send(operations.followEvents, { query: { instanceId } })
  if (!body) return
  for await (const { data } of body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())) {
    const event = storeEvent.parse(JSON.parse(data))
    if (event.kind === 'instance-gone') throw gone()
    yield event.kind === 'instance' ? event.instance : await client.getInstance({ params: { instanceId } })
  }
}

function gone(): StoreError {
  return new StoreError({ code: 'not_found', status: 404, detail: 'The instance is gone.', problems: [] })
}

const passing = new Set(['unreachable', 'unavailable', 'internal', 'rate_limited'])

/** Whether it may be over by itself: the store is starting anew, or a connection broke off. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreError) return passing.has(error.code)
  if (error instanceof Failure) return error.cause instanceof StoreError && passing.has(error.cause.code)
  return error instanceof TypeError
}
