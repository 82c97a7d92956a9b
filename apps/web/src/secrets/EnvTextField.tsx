import { DefaultButton } from '@fluentui/react/lib/Button'
import { TextField } from '@fluentui/react/lib/TextField'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { formatCount } from '../ui/format.ts'
import styles from './KeyRows.module.css'
import { parseEnvText } from './parse-env-text.ts'

interface EnvTextFieldProps {
  onTake: (values: { key: string; value: string }[]) => void
  onCancel: () => void
}

/** Many keys at once, as files of settings hold them. */
export function EnvTextField({ onTake, onCancel }: EnvTextFieldProps) {
  const [text, setText] = useState('')
  const values = parseEnvText(text)
  return (
    <div className={styles.paste}>
      <TextField
        label={t('Text of a .env file')}
        description={t('Lines such as KEY=value. A key that is there already gets the new value.')}
        multiline
        rows={5}
        autoFocus
        resizable={false}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(_, next) => setText(next ?? '')}
      />
      <div className={styles.buttons}>
        <DefaultButton disabled={values.length === 0} onClick={() => onTake(values)}>
          {values.length === 0 ? t('Take over') : t('Take over {keys}', { keys: formatCount(values.length, 'key') })}
        </DefaultButton>
        <DefaultButton onClick={onCancel}>{t('Back to the keys')}</DefaultButton>
      </div>
    </div>
  )
}
