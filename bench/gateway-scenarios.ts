import { largeBytes, type Target, type Transfer, type TransferLoad } from './load/transfer.ts'
import { wrk } from './load/wrk.ts'
import { cpuMs, forgetPeak, peakMiB } from './process-usage.ts'

/** A way to the app. */
export interface Subject {
  name: string
  /** Null: there is no process between. */
  pid: number | null
  /** Memory before the first request. */
  idleMiB: number
  target: Target
}

export interface Scenario {
  name: string
  /** One short run: metric, unit included, to value. */
  measure: (subject: Subject) => Promise<Record<string, number>>
}

/** How much of one the proxy took: near 100 it was what bounded the rate. */
export const ofACore = '% of a core'

const echoConnections = 32
const bodiesAtOnce = 4
const bodies = 40
const megabytes = (bodies * largeBytes) / 1_000_000

export function scenarios(load: TransferLoad): Scenario[] {
  return [
    ...[1, 32, 64].map((connections) => ({
      name: `1 KB answers, connections: ${connections}`,
      measure: (subject: Subject) => requests(subject, connections),
    })),
    { name: `WebSocket echo, connections: ${echoConnections}`, measure: (subject) => echoes(load, subject) },
    { name: '10 MB answers', measure: (subject) => large(load, subject, 'down') },
    { name: '10 MB uploads', measure: (subject) => large(load, subject, 'up') },
  ]
}

async function requests({ pid, target }: Subject, connections: number) {
  const { cpu, result } = await withCpu(pid, () => wrk(target, connections))
  return {
    ...(cpu === null ? {} : { 'µs CPU a request': (cpu * 1000) / result.requests, ...busy(cpu, result.elapsedMs) }),
    'requests/s': result.requests / (result.elapsedMs / 1000),
    'ms p99': result.p99Ms,
  }
}

async function echoes(load: TransferLoad, { pid, target }: Subject) {
  const transfer: Transfer = { kind: 'echo', target, connections: echoConnections, durationMs: 1000 }
  const { cpu, result } = await withCpu(pid, () => load.run(transfer))
  return {
    ...(cpu === null ? {} : { 'µs CPU an echo': (cpu * 1000) / result.count, ...busy(cpu, result.elapsedMs) }),
    'echoes/s': result.count / (result.elapsedMs / 1000),
  }
}

async function large(load: TransferLoad, { pid, idleMiB, target }: Subject, kind: 'down' | 'up') {
  if (pid !== null) forgetPeak(pid)
  const transfer: Transfer = { kind, target, connections: bodiesAtOnce, times: bodies }
  const { cpu, result } = await withCpu(pid, () => load.run(transfer))
  return {
    ...(cpu === null
      ? {}
      : {
          'ms CPU a MB': cpu / megabytes,
          'MiB above idle, at most': peakMiB(pid!) - idleMiB,
          ...busy(cpu, result.elapsedMs),
        }),
    'MB/s': megabytes / (result.elapsedMs / 1000),
  }
}

function busy(cpu: number, elapsedMs: number) {
  return { [ofACore]: (cpu / elapsedMs) * 100 }
}

async function withCpu<T>(pid: number | null, work: () => Promise<T>): Promise<{ cpu: number | null; result: T }> {
  const before = pid === null ? 0 : cpuMs(pid)
  const result = await work()
  return { cpu: pid === null ? null : cpuMs(pid) - before, result }
}
