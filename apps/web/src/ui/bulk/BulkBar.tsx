import { CommandBarButton } from '@fluentui/react/lib/Button'
import { useState } from 'react'
import { formatCount } from '../format.ts'
import styles from './BulkBar.module.css'
import { BulkDialog } from './BulkDialog.tsx'
import type { BulkAction } from './bulk-action.ts'
import type { Selection } from './use-selection.ts'

interface BulkBarProps<T> {
  /** What one of them is: “instance”. */
  noun: string
  selection: Selection<T>
  /** Of the list. */
  total: number
  actions: BulkAction<T>[]
  nameOf: (item: T) => string
}

/** What can be done with all that is chosen at once; nothing while nothing is. */
export function BulkBar<T extends { id: string }>({ noun, selection, total, actions, nameOf }: BulkBarProps<T>) {
  const [asked, setAsked] = useState<{ action: BulkAction<T>; items: T[] } | null>(null)
  const { chosen } = selection
  return (
    <>
      {chosen.length > 0 && (
        <div className={styles.bar} role="toolbar" aria-label={`With the chosen ${noun}s`}>
          <span className={styles.count} role="status">
            {formatCount(chosen.length, noun)} chosen
          </span>
          {actions.map((action) => (
            <CommandBarButton
              key={action.label}
              className={styles.button}
              iconProps={{ iconName: action.iconName }}
              text={action.label}
              disabled={!chosen.some(action.concerns)}
              onClick={() => setAsked({ action, items: chosen })}
            />
          ))}
          <span className={styles.space} />
          {chosen.length < total && (
            <CommandBarButton className={styles.button} text={`Choose all ${total}`} onClick={selection.all} />
          )}
          <CommandBarButton
            className={styles.button}
            iconProps={{ iconName: 'Cancel' }}
            text="Choose none"
            onClick={selection.none}
          />
        </div>
      )}
      {asked && (
        <BulkDialog
          {...asked}
          noun={noun}
          nameOf={nameOf}
          onClose={() => {
            setAsked(null)
            selection.none()
          }}
          onDismiss={() => setAsked(null)}
        />
      )}
    </>
  )
}
