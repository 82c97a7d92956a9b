import type { RequestedResources } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { formatBytes, formatCpu } from './format.ts'

function given<T>(value: T | null, format: (value: T) => string): string | null {
  return value === null ? null : format(value)
}

/** What an app asks of the machine, in words; what it does not ask for is null. */
export function resourceFacts(resources: RequestedResources): [name: string, value: string | null][] {
  return [
    [t('Memory limit'), given(resources.memoryLimitBytes, formatBytes)],
    [t('Memory reserved'), given(resources.memoryReservationBytes, formatBytes)],
    [t('CPU limit'), given(resources.cpuLimitMillis, formatCpu)],
    [
      t('Volume'),
      given(resources.volume, (volume) =>
        t('{sizeBytes} at {path}', { sizeBytes: formatBytes(volume.sizeBytes), path: volume.path }),
      ),
    ],
    [t('Own /resources'), given(resources.resourceVolumeBytes, formatBytes)],
    [t('GPUs'), given(resources.gpuCount, String)],
  ]
}
