import { CommandBarButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import type { BulkAction } from '../api/bulk.ts'
import { formatCount } from '../ui/format.ts'
import styles from './BulkBar.module.css'
import { BulkDialog } from './BulkDialog.tsx'
import { concerned } from './bulk-choice.ts'

interface BulkBarProps {
  selected: Instance[]
  total: number
  onSelectAll: () => void
  onClear: () => void
}

const actions: { action: BulkAction; label: string; iconName: string }[] = [
  { action: 'suspend', label: 'Pause', iconName: 'Pause' },
  { action: 'resume', label: 'Resume', iconName: 'Play' },
  { action: 'terminate', label: 'Terminate', iconName: 'Delete' },
]

/** What can be done with all chosen instances at once; nothing while none is. */
export function BulkBar({ selected, total, onSelectAll, onClear }: BulkBarProps) {
  const [asked, setAsked] = useState<{ action: BulkAction; instances: Instance[] } | null>(null)
  return (
    <>
      {selected.length > 0 && (
        <div className={styles.bar} role="toolbar" aria-label="With the chosen instances">
          <span className={styles.count} role="status">
            {formatCount(selected.length, 'instance')} chosen
          </span>
          {actions.map(({ action, label, iconName }) => (
            <CommandBarButton
              key={action}
              className={styles.button}
              iconProps={{ iconName }}
              text={label}
              disabled={concerned(action, selected).length === 0}
              onClick={() => setAsked({ action, instances: selected })}
            />
          ))}
          <span className={styles.space} />
          {selected.length < total && (
            <CommandBarButton className={styles.button} text={`Choose all ${total}`} onClick={onSelectAll} />
          )}
          <CommandBarButton
            className={styles.button}
            iconProps={{ iconName: 'Cancel' }}
            text="Choose none"
            onClick={onClear}
          />
        </div>
      )}
      {asked && (
        <BulkDialog
          {...asked}
          onClose={() => {
            setAsked(null)
            onClear()
          }}
          onDismiss={() => setAsked(null)}
        />
      )}
    </>
  )
}
