import type { V1ContainerState, V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import type { Exit, ObservedInstance } from '@wave-store/runtime'
import { buildResult, buildVerdict, exitVerdict, stopped, type Verdict } from '@wave-store/runtime/driver'
import { graceSeconds } from './grace.ts'
import { annotations, labels } from './labels.ts'
import { waitingOf } from './waiting.ts'

export interface ObserveOptions {
  addressOf: (pod: V1Pod, port: number) => { host: string; port: number }
  buildMemoryBytes: number
  stuckMs: number
  /** Epoch milliseconds. */
  now: number
}

/** Names of a pod's containers, in the order in which they run. */
export const containers = { build: 'build', app: 'app' } as const

/** What is known of an instance from its pod alone. */
export function observe(pod: V1Pod, options: ObserveOptions): ObservedInstance {
  const facts = { id: labelOf(pod, labels.instance), generation: generationOf(pod) }
  const exit = exitOf(pod, options)
  if (exit) return { ...facts, phase: 'exited', phaseSince: exit.at, exit }
  const app = stateOf(pod, containers.app)
  if (!app?.running) return { ...facts, ...onItsWay(pod) }
  const address = options.addressOf(pod, Number(annotationOf(pod, annotations.port)))
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready')
  const hasStarted = statusOf(pod, containers.app)?.started === true
  return hasStarted
    ? { ...facts, phase: 'running', phaseSince: epoch(ready?.lastTransitionTime ?? app.running.startedAt), address }
    : { ...facts, phase: 'starting', phaseSince: epoch(app.running.startedAt), address }
}

export function generationOf(pod: V1Pod): number {
  return Number(labelOf(pod, labels.generation))
}

export function labelOf({ metadata }: V1Pod, label: string): string {
  return metadata?.labels?.[label] ?? ''
}

export function annotationOf({ metadata }: V1Pod, annotation: string): string | undefined {
  return metadata?.annotations?.[annotation]
}

/** How long after its time a pod may be on its way out before its node counts as gone. */
const goneAfterMs = 60_000

/** Whether it was to be gone for long, and its node says nothing of it. */
export function isBeyondReach({ metadata }: V1Pod, now: number): boolean {
  // Of a pod that is being deleted this is when it was to be gone, its grace included.
  return metadata?.deletionTimestamp !== undefined && epoch(metadata.deletionTimestamp) + goneAfterMs < now
}

/** A little longer than a node gives containers between SIGTERM and SIGKILL. */
const killedAfterMs = (graceSeconds + 3) * 1000

/** Whether nothing of it runs, or will. */
export function hasEnded(pod: V1Pod | undefined, now = Date.now()): boolean {
  if (!pod) return true
  const { phase } = pod.status ?? {}
  if (phase !== 'Failed' && phase !== 'Succeeded') return false
  if (allStatuses(pod).every(({ state }) => !state?.running)) return true
  // Nodes of old clusters may say that a pod has failed before they end its containers, and nothing after it.
  return lastToldOf(pod) + killedAfterMs < now
}

function lastToldOf({ metadata }: V1Pod): number {
  return Math.max(0, ...(metadata?.managedFields ?? []).map(({ time }) => epoch(time)))
}

export function stateOf(pod: V1Pod, container: string): V1ContainerState | undefined {
  return statusOf(pod, container)?.state
}

function statusOf(pod: V1Pod, container: string): V1ContainerStatus | undefined {
  return allStatuses(pod).find(({ name }) => name === container)
}

function allStatuses({ status }: V1Pod): V1ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
}

function onItsWay(pod: V1Pod): Pick<ObservedInstance, 'phase' | 'phaseSince' | 'waiting'> {
  const createdAt = epoch(pod.metadata?.creationTimestamp)
  const build = stateOf(pod, containers.build)
  if (build?.running) return { phase: 'installing', phaseSince: epoch(build.running.startedAt) }
  if (build?.terminated) return { phase: 'sourcing', phaseSince: epoch(build.terminated.finishedAt) }
  const waiting = waitingOf(pod)
  return { phase: 'queued', phaseSince: createdAt, ...(waiting && { waiting: waiting.message }) }
}

function exitOf(pod: V1Pod, { buildMemoryBytes, now, stuckMs }: ObserveOptions): Exit | null {
  const createdAt = epoch(pod.metadata?.creationTimestamp)
  const ended = hasEnded(pod, now)
  if (!ended && isBeyondReach(pod, now))
    return { ...lost('it is not ready any more'), at: epoch(pod.metadata?.deletionTimestamp) }
  if (!ended) {
    const waiting = waitingOf(pod)
    if (!waiting?.isStuck || now - createdAt < stuckMs) return null
    return { reason: 'internal', message: waiting.message, code: null, at: createdAt + stuckMs }
  }
  return { ...verdictOf(pod, buildMemoryBytes), at: endOf(pod) ?? Math.max(createdAt, lastToldOf(pod)) }
}

function verdictOf(pod: V1Pod, buildMemoryBytes: number): Verdict {
  const { message = '', reason } = pod.status ?? {}
  if (annotationOf(pod, annotations.ended) === 'stopped') return stopped
  const failure = annotationOf(pod, annotations.failure)
  if (failure !== undefined) return { ...(JSON.parse(failure) as Pick<Verdict, 'reason' | 'message'>), code: null }
  if (reason === 'Evicted' && /exceeds the limit|exceeds the total limit/i.test(message))
    return { reason: 'disk_full', message: 'The app has written more than it may.', code: null }
  if (reason) return lost(`${reason}${message ? `: ${message}` : ''}`)
  return failedBuild(pod, buildMemoryBytes) ?? appVerdict(pod)
}

/** Why it did not come to the app; null: it did. */
function failedBuild(pod: V1Pod, buildMemoryBytes: number): Verdict | null {
  const build = stateOf(pod, containers.build)?.terminated
  if (!build || build.exitCode === 0) return null
  const result = buildResult({
    claim: lastWord(build.message),
    code: build.exitCode,
    outOfMemory: build.reason === 'OOMKilled',
    memoryBytes: buildMemoryBytes,
    overdueMs: null,
  })
  return result.built ? null : buildVerdict(result.failure.reason, result.failure.message)
}

function appVerdict(pod: V1Pod): Verdict {
  const ended = stateOf(pod, containers.app)?.terminated
  if (!ended) return lost('')
  const claim = lastWord(ended.message)
  const outOfMemory = ended.reason === 'OOMKilled'
  // Nobody asked for it here: the node was emptied or shut down.
  if (claim.reason === 'stopped' && !outOfMemory) return lost('its pod was ended')
  return exitVerdict({
    stop: null,
    outOfMemory,
    memoryBytes: Number(annotationOf(pod, annotations.memory)),
    claim,
    end: { code: ended.exitCode, signal: null },
  })
}

function lost(why: string): Verdict {
  const told = why.trim().replace(/\s+/g, ' ').slice(0, 500).replace(/\.$/, '')
  const message = `The app ended with the node that ran it${told ? ` (${told})` : ''}.`
  return { reason: 'lost', message, code: null }
}

/** The last event that a launcher has written; nothing of it is trusted. */
function lastWord(message: string | undefined): Record<string, unknown> {
  for (const line of (message ?? '').trimEnd().split('\n').reverse()) {
    try {
      const event: unknown = JSON.parse(line)
      if (typeof event === 'object' && event !== null) return event as Record<string, unknown>
    } catch {
      // The beginning of a long one may be cut off.
    }
  }
  return {}
}

function endOf(pod: V1Pod): number | undefined {
  const ends = allStatuses(pod).flatMap(({ state }) => (state?.terminated ? [epoch(state.terminated.finishedAt)] : []))
  return ends.length > 0 ? Math.max(...ends) : undefined
}

function epoch(date: Date | string | undefined): number {
  return date === undefined ? 0 : new Date(date).getTime()
}
