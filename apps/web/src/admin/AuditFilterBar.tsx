import { Dropdown, type IDropdownOption } from '@fluentui/react/lib/Dropdown'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { TextField } from '@fluentui/react/lib/TextField'
import styles from './AuditFilterBar.module.css'
import type { AuditChoice } from './audit-filter.ts'

const outcomes: IDropdownOption<AuditChoice['outcome']>[] = [
  { key: 'any', text: 'Any outcome', data: 'any' },
  { key: 'done', text: 'Done', data: 'done' },
  { key: 'refused', text: 'Refused or failed', data: 'refused' },
]

interface AuditFilterBarProps {
  choice: AuditChoice
  onChoose: (changes: Partial<AuditChoice>) => void
}

export function AuditFilterBar({ choice, onChoose }: AuditFilterBarProps) {
  return (
    <search className={styles.bar}>
      <SearchBox
        key={choice.search}
        className={styles.search}
        defaultValue={choice.search}
        placeholder="A person, a thing, an address …"
        ariaLabel="Search the audit log"
        autoComplete="off"
        maxLength={200}
        onSearch={(text) => onChoose({ search: text.trim() })}
        onClear={() => onChoose({ search: '' })}
      />
      <Dropdown
        className={styles.outcome}
        label="Outcome"
        selectedKey={choice.outcome}
        options={outcomes}
        onChange={(_, option) => onChoose({ outcome: option?.data })}
      />
      <TextField
        className={styles.day}
        type="date"
        label="From"
        value={choice.from}
        max={choice.until || undefined}
        onChange={(_, next) => onChoose({ from: next ?? '' })}
      />
      <TextField
        className={styles.day}
        type="date"
        label="Until"
        value={choice.until}
        min={choice.from || undefined}
        onChange={(_, next) => onChoose({ until: next ?? '' })}
      />
    </search>
  )
}
