import { ActionButton, IconButton } from '@fluentui/react/lib/Button'
import { TextField } from '@fluentui/react/lib/TextField'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import styles from './KeyRows.module.css'
import { KeyValueField } from './KeyValueField.tsx'
import type { KeyRow } from './secret-draft.ts'

interface KeyRowFieldsProps {
  row: KeyRow
  problem: string | undefined
  onChange: (changes: Partial<KeyRow>) => void
  onRemove: () => void
}

/** A new key with its value, or one whose value is kept: it can be replaced or removed. */
export function KeyRowFields({ row, problem, onChange, onRemove }: KeyRowFieldsProps) {
  if (row.kept) return <KeptKey row={row} kept={row.kept} onChange={onChange} onRemove={onRemove} />
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        <TextField
          className={styles.key}
          ariaLabel={t('Key')}
          placeholder={t('Key')}
          value={row.key}
          errorMessage={problem}
          spellCheck={false}
          autoComplete="off"
          onChange={(_, next) => onChange({ key: next ?? '' })}
        />
        <IconButton
          iconProps={{ iconName: 'Cancel' }}
          title={t('Leave out')}
          ariaLabel={row.key ? t('Leave out {key}', { key: row.key }) : t('Leave out this key')}
          onClick={onRemove}
        />
      </div>
      <KeyValueField row={row} onChange={onChange} />
    </div>
  )
}

interface KeptKeyProps extends Omit<KeyRowFieldsProps, 'problem'> {
  kept: NonNullable<KeyRow['kept']>
}

function KeptKey({ row, kept, onChange, onRemove }: KeptKeyProps) {
  const { key, value, isRemoved } = row
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        <span className={`${styles.key} ${isRemoved ? styles.removed : ''}`}>{key}</span>
        {isRemoved || value ? (
          <ActionButton
            iconProps={{ iconName: 'Undo' }}
            ariaLabel={t('Keep {key} as it is', { key })}
            onClick={() => onChange({ isRemoved: false, value: null })}
          >
            {t('Keep')}
          </ActionButton>
        ) : (
          <>
            <ActionButton
              iconProps={{ iconName: 'Edit' }}
              ariaLabel={t('Replace the value of {key}', { key })}
              onClick={() => onChange({ value: { text: '' } })}
            >
              {t('Replace')}
            </ActionButton>
            <IconButton
              iconProps={{ iconName: 'Delete' }}
              title={t('Remove')}
              ariaLabel={t('Remove {key}', { key })}
              onClick={onRemove}
            />
          </>
        )}
      </div>
      <KeptState kept={kept} isRemoved={isRemoved} />
      {value && <KeyValueField row={row} onChange={onChange} />}
    </div>
  )
}

function KeptState({ kept, isRemoved }: { kept: KeptKeyProps['kept']; isRemoved: boolean }) {
  if (isRemoved) return <span className={styles.state}>{t('Goes when you save')}</span>
  if (kept.isLost)
    return (
      <span className={`${styles.state} ${styles.lost}`}>
        {t('The store lost the key that sealed it: give the value again')}
      </span>
    )
  return (
    <span className={styles.state}>
      <T text="Set <0/>" parts={{ 0: <Age since={kept.updatedAt} /> }} />
    </span>
  )
}
