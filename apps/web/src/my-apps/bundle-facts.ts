import { t } from '../i18n/t.ts'
import { formatBytes, formatCount } from '../ui/format.ts'
import { resourceFacts } from '../ui/resource-facts.ts'
import type { BrowserBundleReport } from './inspect-file.ts'

function requirementCount(requirements: string | undefined): number {
  const lines = requirements?.split(/\r?\n/) ?? []
  return lines.filter((line) => /^\s*[^\s#-]/.test(line)).length
}

/** What a bundle asks of the store, as read from it; null: nothing of that kind. */
export function bundleFacts(report: BrowserBundleReport): [name: string, value: string | null][] {
  const { manifest } = report
  if (!manifest) return []
  const { runtime } = manifest
  const packages = requirementCount(report.requirements)
  const secrets = [...manifest.env, ...manifest.files].flatMap(({ secret }) => secret?.name ?? [])
  return [
    [t('Starts'), manifest.link ? manifest.link.address : (runtime.module ?? runtime.customImage ?? null)],
    ...resourceFacts({
      memoryLimitBytes: runtime.memoryLimitBytes ?? null,
      memoryReservationBytes: runtime.memoryReservationBytes ?? null,
      cpuLimitMillis: runtime.cpuLimitMillis ?? null,
      volume: runtime.volume ? { path: runtime.volume.mountPath, sizeBytes: runtime.volume.sizeBytes } : null,
      resourceVolumeBytes: runtime.resourceVolumeBytes ?? null,
      gpuCount: runtime.gpu?.count ?? null,
    }),
    [
      t('Python packages'),
      packages > 0 ? formatCount(packages, t('line in requirements.txt'), t('lines in requirements.txt')) : null,
    ],
    [t('OS packages'), report.osPackages.join(', ') || null],
    [t('Environment'), manifest.env.map(({ name }) => name).join(', ') || null],
    [t('Files'), manifest.files.map(({ path }) => path).join(', ') || null],
    [t('Secrets'), [...new Set(secrets)].join(', ') || null],
    [
      t('Unpacked'),
      t('{unpackedBytes} in {entries}', {
        unpackedBytes: formatBytes(report.unpackedBytes),
        entries: formatCount(report.entries.length, 'file'),
      }),
    ],
  ]
}
