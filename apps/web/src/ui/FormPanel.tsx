import { Panel, PanelType } from '@fluentui/react/lib/Panel'
import type { ReactNode } from 'react'
import { t } from '../i18n/t.ts'
import styles from './FormPanel.module.css'

interface FormPanelProps {
  title: string
  /** While it is, nothing but an answer closes the panel. */
  isPending: boolean
  onDismiss: () => void
  children: ReactNode
}

/** Mount it to open it. */
export function FormPanel({ title, isPending, onDismiss, children }: FormPanelProps) {
  return (
    <Panel
      isOpen
      type={PanelType.custom}
      customWidth="min(480px, 100vw)"
      headerText={title}
      closeButtonAriaLabel={t('Close')}
      overlayProps={{ isDarkThemed: true }}
      hasCloseButton={!isPending}
      onDismiss={() => {
        if (!isPending) onDismiss()
      }}
    >
      <div className={styles.content}>{children}</div>
    </Panel>
  )
}
