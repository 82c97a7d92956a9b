import { DefaultButton } from '@fluentui/react/lib/Button'
import { useRef, useState } from 'react'
import { t } from '../i18n/t.ts'
import form from '../ui/form.module.css'
import { EnvTextField } from './EnvTextField.tsx'
import { KeyRowFields } from './KeyRowFields.tsx'
import styles from './KeyRows.module.css'
import { type KeyRow, newRow, withValues } from './secret-draft.ts'

interface KeyRowsProps {
  rows: KeyRow[]
  problems: ReadonlyMap<number, string>
  onChange: (change: (rows: KeyRow[]) => KeyRow[]) => void
}

/** The keys of a secret; values can be given, never seen again. */
export function KeyRows({ rows, problems, onChange }: KeyRowsProps) {
  const [isPasting, setIsPasting] = useState(false)
  const addButton = useRef<HTMLDivElement>(null)
  const change = (id: number, changes: Partial<KeyRow>) =>
    onChange((current) => current.map((row) => (row.id === id ? { ...row, ...changes } : row)))
  const remove = (id: number) => {
    onChange((current) =>
      current.flatMap((row) => (row.id !== id ? [row] : row.kept ? [{ ...row, isRemoved: true, value: null }] : [])),
    )
    addButton.current?.querySelector('button')?.focus()
  }
  return (
    <fieldset className={form.group}>
      <legend>{t('Keys and values')}</legend>
      {rows.length > 0 && (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.id}>
              <KeyRowFields
                row={row}
                problem={problems.get(row.id)}
                onChange={(changes) => change(row.id, changes)}
                onRemove={() => remove(row.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {isPasting ? (
        <EnvTextField
          onTake={(values) => {
            onChange((current) => withValues(current, values))
            setIsPasting(false)
          }}
          onCancel={() => setIsPasting(false)}
        />
      ) : (
        <div className={styles.buttons} ref={addButton}>
          <DefaultButton iconProps={{ iconName: 'Add' }} onClick={() => onChange((current) => [...current, newRow()])}>
            {t('Add a key')}
          </DefaultButton>
          <DefaultButton iconProps={{ iconName: 'Paste' }} onClick={() => setIsPasting(true)}>
            {t('Paste .env text')}
          </DefaultButton>
        </div>
      )}
    </fieldset>
  )
}
