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
  if (sentBytes >= totalBytes) return t('The store checks it')
  return [
    t('{sentBytes} of {totalBytes}', { sentBytes: formatBytes(sentBytes), totalBytes: formatBytes(totalBytes) }),
    bytesPerSecond !== null && t('{bytes} a second', { bytes: formatBytes(Math.round(bytesPerSecond)) }),
    remainingMs !== null && t('{duration} left', { duration: formatDuration(Math.max(1_000, remainingMs)) }),
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
