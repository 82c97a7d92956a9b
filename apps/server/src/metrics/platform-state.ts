import { statfs } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { getPlatformMetrics, OperationResult } from '@wave-store/contract'
import type { AppContext } from '../context.ts'
import { memoryCapacityOf } from '../reconciler/memory-capacity.ts'

type PlatformState = Omit<OperationResult<typeof getPlatformMetrics>, 'intervalMs' | 'points'>

/** How many instances there are, and what they hold of the machine now. */
export async function platformState(
  context: Pick<AppContext, 'config' | 'instances' | 'metrics'>,
): Promise<PlatformState> {
  const { config, instances, metrics } = context
  const { reservedBytes, ...counts } = await instances.overview()
  const disk = await statfs(config.dataDir)
  return {
    instances: counts,
    memory: { capacityBytes: memoryCapacityOf(config), reservedBytes, usedBytes: metrics.total().memoryBytes },
    disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    cores: availableParallelism(),
  }
}
