import { Dropdown, type IDropdownOption } from '@fluentui/react/lib/Dropdown'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { TextField } from '@fluentui/react/lib/TextField'
import { t } from '../i18n/t.ts'
import styles from './AuditFilterBar.module.css'
import type { AuditChoice } from './audit-filter.ts'

const outcomes: IDropdownOption<AuditChoice['outcome']>[] = [
  { key: 'any', text: t('Any outcome'), data: 'any' },
  { key: 'done', text: t('Done'), data: 'done' },
  { key: 'refused', text: t('Refused or failed'), data: 'refused' },
]

interface AuditFilterBarProps {
  choice: AuditChoice
  onChoose: (changes: Partial<AuditChoice>) => void
}

export function AuditFilterBar({ choice, onChoose }: AuditFilterBarProps) {
  return (
    <search className={styles.bar}>
      <SearchBox
        clearButtonProps={{ ariaLabel: t('Clear text') }}
        key={choice.search}
        className={styles.search}
        defaultValue={choice.search}
        placeholder={t('A person, a thing, an address …')}
        ariaLabel={t('Search the audit log')}
        autoComplete="off"
        maxLength={200}
        onSearch={(text) => onChoose({ search: text.trim() })}
        onClear={() => onChoose({ search: '' })}
      />
      <Dropdown
        className={styles.outcome}
        label={t('Outcome')}
        selectedKey={choice.outcome}
        options={outcomes}
        onChange={(_, option) => onChoose({ outcome: option?.data })}
      />
      <TextField
        className={styles.day}
        type="date"
        label={t('From')}
        value={choice.from}
        max={choice.until || undefined}
        onChange={(_, next) => onChoose({ from: next ?? '' })}
      />
      <TextField
        className={styles.day}
        type="date"
        label={t('Until')}
        value={choice.until}
        min={choice.from || undefined}
        onChange={(_, next) => onChoose({ until: next ?? '' })}
      />
    </search>
  )
}
