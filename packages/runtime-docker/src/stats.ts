import type { InstanceStats } from '@wave-store/runtime'
import type { ContainerInfo } from 'dockerode'
import { type Engine, orNull } from './engine.ts'
import { labels } from './labels.ts'

/** What a running container uses; null where it has just ended. */
export async function statsOf({ quick }: Engine, { Id, Labels }: ContainerInfo): Promise<InstanceStats | null> {
  const stats = await orNull(quick.getContainer(Id).stats({ stream: false, 'one-shot': true }))
  const processes = stats?.pids_stats?.current
  if (!stats || !processes) return null
  const memory = stats.memory_stats
  // What can be taken back at any moment is no use of the app's; its name depends on the version of control groups.
  const { total_inactive_file: v1, inactive_file: v2 } = (memory.stats ?? {}) as unknown as Record<
    string,
    number | undefined
  >
  return {
    id: Labels[labels.instance] ?? '',
    generation: Number(Labels[labels.generation]),
    cpuMs: Math.round((stats.cpu_stats.cpu_usage.total_usage ?? 0) / 1e6),
    memoryBytes: Math.max(0, (memory.usage ?? 0) - (v1 ?? v2 ?? 0)),
    processes,
  }
}
