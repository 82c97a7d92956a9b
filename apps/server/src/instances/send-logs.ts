import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { logProcessHeader } from '@wave-store/contract'
import type { LogOptions } from '@wave-store/runtime'
import type { Reader } from '../actor.ts'
import { AppError, unauthenticated } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { findInstance } from './find-instance.ts'

const recheckMs = 1000

interface Log {
  id: string
  options: LogOptions
  /** Who reads it by then. */
  again: () => Promise<Reader>
}

/** Sends a log, and goes on with one that is followed for as long as its reader may read it. */
export async function sendLogs(
  context: Pick<AppContext, 'instances' | 'logger' | 'runtime'>,
  response: ServerResponse,
  { id, options, again }: Log,
): Promise<void> {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('X-Accel-Buffering', 'no')
  const onOpen = (process: string) => {
    response.setHeader(logProcessHeader, process)
    response.flushHeaders()
  }
  const gone = new AbortController()
  const recheck = setInterval(() => {
    requireRight(context, id, again).catch((cause: unknown) => {
      if (cause instanceof AppError) response.destroy()
      else context.logger.warn({ err: cause, instanceId: id }, 'could not ask again for the right to follow a log')
    })
  }, recheckMs).unref()
  response.once('close', () => {
    clearInterval(recheck)
    gone.abort()
  })
  for await (const chunk of context.runtime.logs(id, { ...options, signal: gone.signal, onOpen })) {
    // A closed response says neither drain nor close again.
    if (gone.signal.aborted) return
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
  response.end()
}

async function requireRight(context: Pick<AppContext, 'instances'>, id: string, again: Log['again']): Promise<void> {
  const reader = await again()
  if (!reader) throw unauthenticated()
  await findInstance(context, reader, id, 'readLogs')
}
