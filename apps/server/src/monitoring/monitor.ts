import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { InstanceRepository } from '../instances/repository.ts'

/** Seconds; an app's pages and the store's own are quick, uploads and long polls are not. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
/** Seconds from asking the runtime until the app answers. */
const startBuckets = [0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60, 120, 300]

interface Told {
  /** How many instances there are in each state, and the bytes that they reserve. */
  overview: InstanceRepository['overview']
  isController: () => boolean
  /** The store's own host, as browsers name it. */
  publicHost: string
}

/** What this server does, for Prometheus; names and meanings are those of docs/monitoring.md. */
export class Monitor {
  readonly #registry = new Registry()
  readonly #requests: Histogram<'for' | 'status'>
  readonly #sockets: Gauge<string>
  readonly #starts: Histogram<string>
  readonly #failures: Counter<'reason'>
  readonly #rounds: Histogram<'outcome'>
  readonly #publicHost: string

  constructor({ isController, overview, publicHost }: Told) {
    this.#publicHost = publicHost
    const registers = [this.#registry]
    this.#requests = new Histogram({
      name: 'wave_store_http_request_duration_seconds',
      help: 'Requests by whom they were for, the store or an instance, and the first digit of the status.',
      labelNames: ['for', 'status'],
      buckets: requestBuckets,
      registers,
    })
    this.#sockets = new Gauge({
      name: 'wave_store_websockets',
      help: 'WebSockets that are open through this server.',
      registers,
    })
    this.#starts = new Histogram({
      name: 'wave_store_start_duration_seconds',
      help: 'From asking the runtime for an instance until its app answers.',
      buckets: startBuckets,
      registers,
    })
    this.#failures = new Counter({
      name: 'wave_store_instance_failures_total',
      help: 'Instances that ended by themselves, by why.',
      labelNames: ['reason'],
      registers,
    })
    this.#rounds = new Histogram({
      name: 'wave_store_reconciler_round_duration_seconds',
      help: 'Looks at everything that is wanted and everything that runs.',
      labelNames: ['outcome'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15],
      registers,
    })
    const reserved = new Gauge({
      name: 'wave_store_memory_reserved_bytes',
      help: 'What instances reserve that run or start, the same at every server.',
      registers,
    })
    new Gauge({
      name: 'wave_store_instances',
      help: 'Instances by state, the same at every server.',
      labelNames: ['state'],
      registers,
      async collect() {
        const { reservedBytes, ...states } = await overview()
        reserved.set(reservedBytes)
        for (const [state, count] of Object.entries(states)) this.set({ state }, count)
      },
    })
    new Gauge({
      name: 'wave_store_is_controller',
      help: '1 at the server that looks after instances.',
      registers,
      collect() {
        this.set(isController() ? 1 : 0)
      },
    })
  }

  /** Counts what a server answers from now on, and what the process uses. */
  watch(server: Server): void {
    collectDefaultMetrics({ register: this.#registry })
    server.on('request', (request, response) => this.#watchRequest(request, response))
    server.on('upgrade', (_request, socket) => {
      this.#sockets.inc()
      socket.once('close', () => this.#sockets.dec())
    })
  }

  startTook(timeMs: number): void {
    this.#starts.observe(timeMs / 1000)
  }

  failed(reason: string): void {
    this.#failures.inc({ reason })
  }

  roundTook(timeMs: number, outcome: 'done' | 'failed'): void {
    this.#rounds.observe({ outcome }, timeMs / 1000)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** All of it, as Prometheus reads it. */
  async text(): Promise<string> {
    return await this.#registry.metrics()
  }

  #watchRequest(request: IncomingMessage, response: ServerResponse): void {
    const begunAt = performance.now()
    const kind = request.headers.host === this.#publicHost ? 'store' : 'instance'
    response.once('close', () => {
      const status = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'broken off'
      this.#requests.observe({ for: kind, status }, (performance.now() - begunAt) / 1000)
    })
  }
}
