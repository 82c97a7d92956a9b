import { z } from 'zod'
import { instance } from './instance.ts'
import { operation } from './operation.ts'

/**
 * What the page is told while it is open, as server-sent events: the event's name is `kind`, its data the JSON of the
 * whole. Whoever connects gets `hello` first, and reads anew what it shows: nothing is told twice.
 */
export const storeEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello') }),
  /** An instance that the reader may see came or changed. */
  z.object({ kind: z.literal('instance'), instance }),
  /** It was terminated, or the reader may see it no longer. */
  z.object({ kind: z.literal('instance-gone'), instanceId: z.uuid() }),
])
/** In the order above. */
export const storeEventKinds = storeEvent.options.map(({ shape }) => shape.kind.value)
export type StoreEvent = z.infer<typeof storeEvent>

export const followEvents = operation({
  id: 'event.follow',
  summary: 'Changes of the instances that I may see, as they happen (server-sent events)',
  method: 'GET',
  path: '/api/events',
  scope: 'read',
  query: z.object({
    /** One instance, or those of one app, that I may see; without either my own. */
    instanceId: z.uuid().optional(),
    appId: z.uuid().optional(),
  }),
  result: { bytes: ['text/event-stream'] },
  errors: ['not_found', 'rate_limited', 'unavailable'],
})
