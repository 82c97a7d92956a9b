import { DefaultButton, PrimaryButton } from '@fluentui/react/lib/Button'
import type { ReactNode } from 'react'
import { t } from '../i18n/t.ts'
import { ErrorMessage } from './ErrorMessage.tsx'
import styles from './form.module.css'

interface FormProps {
  submitLabel: string
  /** While it is, nothing is sent again. */
  isPending: boolean
  /** What the store said against it that belongs to no field. */
  error: Error | null
  onSubmit: () => void
  onCancel: () => void
  /** The fields. */
  children: ReactNode
}

export function Form({ submitLabel, isPending, error, onSubmit, onCancel, children }: FormProps) {
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) onSubmit()
      }}
    >
      {children}
      {error && <ErrorMessage error={error} />}
      <div className={styles.actions}>
        <PrimaryButton type="submit" disabled={isPending}>
          {submitLabel}
        </PrimaryButton>
        <DefaultButton onClick={onCancel} disabled={isPending}>
          {t('Cancel')}
        </DefaultButton>
      </div>
    </form>
  )
}
