import { DefaultButton, PrimaryButton } from '@fluentui/react/lib/Button'
import { Dialog, DialogFooter, DialogType } from '@fluentui/react/lib/Dialog'
import { TextField } from '@fluentui/react/lib/TextField'
import { type ReactNode, useState } from 'react'
import { t } from '../i18n/t.ts'
import styles from './ConfirmDialog.module.css'
import { ErrorMessage } from './ErrorMessage.tsx'

interface ConfirmDialogProps {
  /** Names the thing: “Delete Hello 1.0.0?” */
  title: string
  confirmLabel: string
  /** What has to be typed first, because something cannot be had back. */
  typeToConfirm?: string
  /** What is done can be taken back. */
  isReversible?: boolean
  isPending: boolean
  error: Error | null
  onConfirm: () => void
  onDismiss: () => void
  /** What is lost, or becomes of it. */
  children: ReactNode
}

/** Asks before something is destroyed, or changed for others. Mount it to open it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    title,
    confirmLabel,
    typeToConfirm,
    isReversible = false,
    isPending,
    error,
    onConfirm,
    onDismiss,
    children,
  } = props
  const [typed, setTyped] = useState('')
  const isConfirmed = !typeToConfirm || typed.trim() === typeToConfirm.trim()

  return (
    <Dialog
      hidden={false}
      onDismiss={onDismiss}
      dialogContentProps={{ type: DialogType.normal, title, closeButtonAriaLabel: t('Close') }}
      modalProps={{ isBlocking: isPending, className: styles.dialog }}
      minWidth="min(480px, calc(100vw - 32px))"
      maxWidth="min(480px, calc(100vw - 32px))"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isConfirmed && !isPending) onConfirm()
        }}
      >
        <div className={styles.content}>
          {children}
          {typeToConfirm && (
            <TextField
              label={t('Type “{typeToConfirm}” to confirm', { typeToConfirm })}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, next) => setTyped(next ?? '')}
            />
          )}
          {error && <ErrorMessage error={error} />}
        </div>
        <DialogFooter>
          <PrimaryButton
            type="submit"
            className={isReversible ? undefined : styles.danger}
            disabled={!isConfirmed || isPending}
          >
            {confirmLabel}
          </PrimaryButton>
          <DefaultButton onClick={onDismiss} disabled={isPending}>
            {t('Cancel')}
          </DefaultButton>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
