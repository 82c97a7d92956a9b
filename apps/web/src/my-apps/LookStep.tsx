import { DefaultButton, PrimaryButton } from '@fluentui/react/lib/Button'
import { StoreError } from '@wave-store/client'
import { t } from '../i18n/t.ts'
import { ErrorMessage } from '../ui/ErrorMessage.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatBytes, formatCount } from '../ui/format.ts'
import { ProblemList } from '../ui/ProblemList.tsx'
import { BundlePreview } from './BundlePreview.tsx'
import { bundleFacts } from './bundle-facts.ts'
import type { BrowserBundleReport } from './inspect-file.ts'
import styles from './LookStep.module.css'

interface LookStepProps {
  file: File
  report: BrowserBundleReport
  /** Why the last upload of it was refused. */
  error?: Error
  onUpload: () => void
  onReset: () => void
}

/** What was understood of a bundle, and every problem with its place; the store's own where it has spoken. */
export function LookStep({ file, report, error, onUpload, onReset }: LookStepProps) {
  const refused = error instanceof StoreError ? error.problems : []
  const problems = refused.length > 0 ? refused : report.problems
  const refusals = problems.filter(({ severity }) => severity === 'error').length
  return (
    <>
      <BundlePreview file={file} report={report} />
      {error && <ErrorMessage error={error} />}
      {problems.length > 0 && (
        <section className={styles.part} aria-label={t('Problems')}>
          <h2>{summary(refusals, problems.length - refusals)}</h2>
          <ProblemList problems={problems} />
        </section>
      )}
      {report.manifest && (
        <section className={styles.part} aria-label={t('What it asks for')}>
          <h2>{t('What it asks for')}</h2>
          <Facts facts={bundleFacts(report)} />
        </section>
      )}
      <div className={styles.actions}>
        <PrimaryButton iconProps={{ iconName: 'Upload' }} disabled={!report.accepted} onClick={onUpload}>
          {error ? t('Upload again') : t('Upload {size}', { size: formatBytes(file.size) })}
        </PrimaryButton>
        <DefaultButton onClick={onReset}>{t('Choose another file')}</DefaultButton>
      </div>
    </>
  )
}

function summary(refusals: number, warnings: number): string {
  if (refusals === 0) return formatCount(warnings, 'warning')
  const refused = `${formatCount(refusals, 'problem')} to mend before it can be imported`
  return warnings === 0 ? refused : `${refused}, ${formatCount(warnings, 'warning')}`
}
