import { DefaultButton } from '@fluentui/react/lib/Button'
import { ProgressIndicator } from '@fluentui/react/lib/ProgressIndicator'
import { t } from '../i18n/t.ts'
import { formatBytes, formatDuration } from '../ui/format.ts'
import { BundlePreview } from './BundlePreview.tsx'
import type { BrowserBundleReport } from './inspect-file.ts'
import styles from './UploadStep.module.css'
import type { Progress } from './use-import.ts'

interface UploadStepProps {
  file: File
  report: BrowserBundleReport
  progress: Progress
  onCancel: () => void
}

function details({ sentBytes, bytesPerSecond, remainingMs }: Progress, totalBytes: number): string {
  if (sentBytes >= totalBytes) return 'The store checks it'
  return [
    `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`,
    bytesPerSecond !== null && `${formatBytes(Math.round(bytesPerSecond))} a second`,
    remainingMs !== null && `${formatDuration(Math.max(1_000, remainingMs))} left`,
  ]
    .filter(Boolean)
    .join(' · ')
}

export function UploadStep({ file, report, progress, onCancel }: UploadStepProps) {
  const isSent = progress.sentBytes >= file.size
  return (
    <>
      <BundlePreview file={file} report={report} />
      <ProgressIndicator
        className={styles.progress}
        label={t('Uploading {name}', { name: file.name })}
        description={details(progress, file.size)}
        percentComplete={isSent ? undefined : progress.sentBytes / file.size}
        barHeight={6}
      />
      <div>
        <DefaultButton iconProps={{ iconName: 'Cancel' }} onClick={onCancel}>
          {t('Cancel upload')}
        </DefaultButton>
      </div>
    </>
  )
}
