import { DefaultButton } from '@fluentui/react/lib/Button'
import { type ITextField, TextField } from '@fluentui/react/lib/TextField'
import { useRef, useState } from 'react'
import { t } from '../i18n/t.ts'
import styles from './CopyField.module.css'

interface CopyFieldProps {
  label: string
  value: string
}

/** Text to be taken elsewhere, whole. */
export function CopyField({ label, value }: CopyFieldProps) {
  const field = useRef<ITextField>(null)
  const [copied, setCopied] = useState<'yes' | 'refused' | null>(null)

  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      setCopied('yes')
    } catch {
      // Browsers offer no clipboard to pages over plain HTTP.
      field.current?.focus()
      field.current?.select()
      setCopied('refused')
    }
  }

  return (
    <div className={styles.row}>
      <TextField
        className={styles.field}
        label={label}
        readOnly
        value={value}
        componentRef={field}
        onFocus={() => field.current?.select()}
      />
      <DefaultButton iconProps={{ iconName: 'Copy' }} ariaLabel={t('Copy {label}', { label })} onClick={copy}>
        {t('Copy')}
      </DefaultButton>
      <p className={styles.status} role="status">
        {copied === 'yes' && t('Copied.')}
        {copied === 'refused' && t('This browser does not let the page copy. It is marked: copy it with the keyboard.')}
      </p>
    </div>
  )
}
