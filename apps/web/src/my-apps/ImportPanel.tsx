import { Panel, PanelType } from '@fluentui/react/lib/Panel'
import { Spinner } from '@fluentui/react/lib/Spinner'
import { t } from '../i18n/t.ts'
import { ChooseStep } from './ChooseStep.tsx'
import styles from './ImportPanel.module.css'
import { LookStep } from './LookStep.tsx'
import { UploadStep } from './UploadStep.tsx'
import type { useImport } from './use-import.ts'

interface ImportPanelProps {
  isOpen: boolean
  bundleImport: ReturnType<typeof useImport>
  onDismiss: () => void
}

/** Three steps that feel like one: drop, look, upload. While it uploads, only Cancel ends it. */
export function ImportPanel({ isOpen, bundleImport, onDismiss }: ImportPanelProps) {
  const isUploading = bundleImport.step.kind === 'uploading'
  return (
    <Panel
      isOpen={isOpen}
      type={PanelType.custom}
      customWidth="min(600px, 100vw)"
      headerText={t('Import app')}
      closeButtonAriaLabel={t('Close')}
      overlayProps={{ isDarkThemed: true }}
      hasCloseButton={!isUploading}
      onDismiss={() => {
        if (!isUploading) onDismiss()
      }}
    >
      <div className={styles.content}>
        <Step bundleImport={bundleImport} />
      </div>
    </Panel>
  )
}

function Step({ bundleImport }: Pick<ImportPanelProps, 'bundleImport'>) {
  const { step, choose, upload, cancelUpload, reset } = bundleImport
  switch (step.kind) {
    case 'choose':
      return <ChooseStep refusal={step.refusal} onChoose={choose} />
    case 'inspecting':
      return <Spinner label={t('Looking into {file}', { file: step.file.name })} />
    case 'look':
      return (
        <LookStep
          file={step.file}
          report={step.report}
          error={step.error}
          onUpload={() => upload(step.file, step.report)}
          onReset={reset}
        />
      )
    case 'uploading':
      return <UploadStep file={step.file} report={step.report} progress={step.progress} onCancel={cancelUpload} />
  }
}
