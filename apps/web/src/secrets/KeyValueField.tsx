import { ActionButton, DefaultButton } from '@fluentui/react/lib/Button'
import { TextField } from '@fluentui/react/lib/TextField'
import { longestSecretBytes } from '@wave-store/contract'
import { useRef, useState } from 'react'
import { t } from '../i18n/t.ts'
import styles from './KeyRows.module.css'
import type { KeyRow } from './secret-draft.ts'

interface KeyValueFieldProps {
  row: KeyRow
  onChange: (changes: Partial<KeyRow>) => void
}

/** Text, hidden unless it is asked to be shown; or a file, byte for byte. */
export function KeyValueField({ row, onChange }: KeyValueFieldProps) {
  const { key, value } = row
  const [isShown, setIsShown] = useState(false)
  const [problem, setProblem] = useState<string>()
  const label = key ? t('Value of {key}', { key }) : t('Value')

  async function take(file: File) {
    if (file.size > longestSecretBytes) return setProblem(t('{name} is larger than 1 MiB', { name: file.name }))
    setProblem(undefined)
    onChange({ value: { file: file.name, base64: new Uint8Array(await file.arrayBuffer()).toBase64() } })
  }

  if (value && 'file' in value)
    return (
      <div className={styles.file}>
        <span className={styles.state}>{t('The bytes of {file}', { file: value.file })}</span>
        <DefaultButton onClick={() => onChange({ value: { text: '' } })}>{t('Type it instead')}</DefaultButton>
      </div>
    )
  return (
    <div>
      <TextField
        className={`${styles.value} ${isShown ? '' : styles.masked}`}
        ariaLabel={label}
        placeholder={t('Value')}
        multiline
        autoAdjustHeight
        rows={1}
        resizable={false}
        spellCheck={false}
        autoComplete="off"
        value={value?.text ?? ''}
        errorMessage={problem}
        onChange={(_, next) => onChange({ value: { text: next ?? '' } })}
      />
      <div className={styles.buttons}>
        <ActionButton
          iconProps={{ iconName: isShown ? 'Hide' : 'RedEye' }}
          ariaLabel={t('{value} what is typed as {value2}', {
            value: isShown ? t('Hide') : t('Show'),
            value2: key || t('the value'),
          })}
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? t('Hide') : t('Show')}
        </ActionButton>
        <FileButton label={label} onChoose={take} />
      </div>
    </div>
  )
}

function FileButton({ label, onChoose }: { label: string; onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <ActionButton iconProps={{ iconName: 'Attach' }} onClick={() => input.current?.click()}>
        {t('From a file')}
      </ActionButton>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('{label}, from a file', { label })}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onChoose(file)
        }}
      />
    </>
  )
}
