import type { RequestedResources } from '@wave-store/contract'
import { formatBytes, formatCpu } from './format.ts'

function given<T>(value: T | null, format: (value: T) => string): string | null {
  return value === null ? null : format(value)
}

/** What an app asks of the machine, in words; what it does not ask for is null. */
export function resourceFacts(resources: RequestedResources): [name: string, value: string | null][] {
  return [
    ['Memory limit', given(resources.memoryLimitBytes, formatBytes)],
    ['Memory reserved', given(resources.memoryReservationBytes, formatBytes)],
    ['CPU limit', given(resources.cpuLimitMillis, formatCpu)],
    ['Volume', given(resources.volume, (volume) => `${formatBytes(volume.sizeBytes)} at ${volume.path}`)],
    ['Own /resources', given(resources.resourceVolumeBytes, formatBytes)],
    ['GPUs', given(resources.gpuCount, String)],
  ]
}
