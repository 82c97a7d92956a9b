import { urlOf } from '@wave-store/client'
import { followEvents, type StoreEvent, storeEventKinds } from '@wave-store/contract'

/** Whose changes are told: one instance's, those of an app's instances, or with neither those of my own. */
export interface Shown {
  instanceId?: string | undefined
  appId?: string | undefined
}

export interface StoreListener {
  onEvent: (event: StoreEvent) => void
  /** Nothing is told any more, until the next `hello`. */
  onLost: () => void
}

const firstRetryMs = 1_000
const longestRetryMs = 30_000

/** How long to wait after so many failures in a row; spread, so that the pages of a store that was away do not come all at once. */
export function retryMs(failures: number, random = Math.random()): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1)) * (0.5 + random / 2)
}

/** Listens until the returned function is called; a connection that breaks is made again, later each time. */
export function followStore(shown: Shown, { onEvent, onLost }: StoreListener): () => void {
  let source: EventSource
  let retry: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  function lose() {
    source.close()
    failures += 1
    retry = setTimeout(connect, retryMs(failures))
    onLost()
  }
  function hear({ data }: MessageEvent<string>) {
    failures = 0
    onEvent(JSON.parse(data) as StoreEvent)
  }
  function connect() {
    source = new EventSource(urlOf(followEvents, { query: { ...shown } }))
    source.addEventListener('error', lose)
    for (const kind of storeEventKinds) source.addEventListener(kind, hear)
  }

  connect()
  return () => {
    source.close()
    clearTimeout(retry)
  }
}
