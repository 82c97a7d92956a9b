import type { ServerResponse } from 'node:http'
import type { GatewayScope } from './gateway-scope.ts'
import { logLines, logText } from './pages/log-lines.ts'
import type { GatewayInstance } from './ports.ts'
import { roomState, roomTimes } from './room-state.ts'
import { seenBy } from './visit.ts'

/** How a page tells that it is still told: proxies end connections that say nothing for long. */
const heartbeatMs = 15_000
const logMs = 500
/** How long a page waits before it comes back to a stream that broke. */
const retryMs = 1_000

interface Stream {
  response: ServerResponse
  readLogs: boolean
  wantsLog: boolean
  /** What it was told last; others are not repeated. */
  toldState?: string
  toldLog?: string
  toldAt: number
}

/**
 * Those who wait for one instance. It is looked at once for all of them: soon after it says that it changed, and in any
 * case every so often. Who reads slowly misses what was true in between, and nothing is kept for them.
 */
export class Room {
  readonly #scope: GatewayScope
  readonly #instanceId: string
  readonly #streams = new Set<Stream>()
  readonly #unsubscribe: () => void
  #timer: NodeJS.Timeout | undefined
  #isLooking = false
  #isHinted = false
  #pauseMs: number
  #log: { text: string; at: number } | undefined

  constructor(scope: GatewayScope, instanceId: string) {
    this.#scope = scope
    this.#instanceId = instanceId
    this.#pauseMs = scope.limits.roomMs
    this.#unsubscribe = scope.ports.subscribe(instanceId, () => this.#look())
  }

  /** Begins a stream of events. @returns ends it for the room */
  enter({ response, readLogs, wantsLog }: Pick<Stream, 'response' | 'readLogs' | 'wantsLog'>): () => void {
    const stream = { response, readLogs, wantsLog, toldAt: performance.now() }
    this.#streams.add(stream)
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      'X-Content-Type-Options': 'nosniff',
    })
    response.write(`retry: ${retryMs}\n\n`)
    response.on('drain', () => {
      this.#scope.stalled.read(response)
      this.#look()
    })
    this.#look()
    return () => {
      this.#streams.delete(stream)
      this.#scope.stalled.read(response)
      if (this.#streams.size === 0) this.#end()
    }
  }

  get size(): number {
    return this.#streams.size
  }

  close(): void {
    for (const { response } of this.#streams) response.end()
    this.#end()
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#unsubscribe()
  }

  #look(): void {
    if (this.#isLooking) {
      this.#isHinted = true
      return
    }
    clearTimeout(this.#timer)
    this.#isLooking = true
    this.#tellAll()
      .catch((error) =>
        this.#scope.logger.debug({ err: error, instanceId: this.#instanceId }, 'could not look what is waited for'),
      )
      .finally(() => this.#lookAgain())
  }

  #lookAgain(): void {
    const isHinted = this.#isHinted
    this.#isLooking = false
    this.#isHinted = false
    if (this.#streams.size === 0) return
    if (isHinted) this.#look()
    else this.#timer = setTimeout(() => this.#look(), this.#pauseMs).unref()
  }

  async #tellAll(): Promise<void> {
    const instance = await this.#scope.ports.find(this.#instanceId)
    // Who waits for nothing is told so when the page comes back.
    if (!instance) return this.close()
    // What has failed or sleeps is mostly left so.
    this.#pauseMs = this.#scope.limits.roomMs * (instance.status === 'PENDING' ? 1 : 10)
    const stateFor = (readLogs: boolean) => JSON.stringify(roomState(seenBy({ readLogs }, instance)))
    const states = { whole: stateFor(true), guarded: stateFor(false) }
    const log = await this.#latestLog()
    for (const stream of this.#streams)
      this.#tell(stream, { instance, state: stream.readLogs ? states.whole : states.guarded, log })
  }

  #tell(stream: Stream, seen: { instance: GatewayInstance; state: string; log: string | undefined }): void {
    const { response, wantsLog } = stream
    if (response.writableNeedDrain || response.writableEnded) return
    const { instance, state } = seen
    const log = wantsLog ? seen.log : undefined
    const now = performance.now()
    const isNews = stream.toldState !== state || (log !== undefined && stream.toldLog !== log)
    if (!isNews && now - stream.toldAt < heartbeatMs) return
    const times = roomTimes(instance, this.#scope.clock.now())
    const told = { ...JSON.parse(state), ...times, ...(log !== undefined && stream.toldLog !== log && { log }) }
    Object.assign(stream, { toldState: state, toldAt: now, ...(log !== undefined && { toldLog: log }) })
    if (!response.write(isNews ? `data: ${JSON.stringify(told)}\n\n` : ':\n\n')) this.#scope.stalled.unread(response)
    // The page becomes the app by itself; where it does not, it comes back.
    if (instance.status === 'DEPLOYED') response.end()
  }

  async #latestLog(): Promise<string | undefined> {
    if (![...this.#streams].some(({ wantsLog }) => wantsLog)) return undefined
    const now = performance.now()
    if (this.#log && now - this.#log.at < logMs) return this.#log.text
    const text = logText(await this.#scope.ports.tail(this.#instanceId, logLines))
    this.#log = { text, at: now }
    return text
  }
}
