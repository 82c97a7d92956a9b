import { CommandBarButton } from '@fluentui/react/lib/Button'
import { useState } from 'react'
import { t } from '../../i18n/t.ts'
import { formatCount } from '../format.ts'
import styles from './BulkBar.module.css'
import { BulkDialog } from './BulkDialog.tsx'
import type { BulkAction, BulkChoice, BulkQuestion } from './bulk-action.ts'
import type { Selection } from './use-selection.ts'

interface BulkBarProps<T> {
  /** What one of them is: “instance”. */
  noun: string
  selection: Selection<T>
  /** Of the list. */
  total: number
  actions: BulkChoice<T>[]
  nameOf: (item: T) => string
}

/** What can be done with all that is chosen at once; nothing while nothing is. */
export function BulkBar<T extends { id: string }>({ noun, selection, total, actions, nameOf }: BulkBarProps<T>) {
  const [asked, setAsked] = useState<{ action: BulkAction<T> | BulkQuestion<T>; items: T[] } | null>(null)
  const { chosen } = selection
  const end = () => setAsked(null)
  return (
    <>
      {chosen.length > 0 && (
        <div className={styles.bar} role="toolbar" aria-label={t('With the chosen {noun}s', { noun })}>
          <span className={styles.count} role="status">
            {t('{chosen} chosen', { chosen: formatCount(chosen.length, noun) })}
          </span>
          {actions.map((choice) => (
            <ChoiceButton
              key={choice.label}
              choice={choice}
              chosen={chosen}
              onChoose={(action) => setAsked({ action, items: chosen })}
            />
          ))}
          <span className={styles.space} />
          {chosen.length < total && (
            <CommandBarButton
              className={styles.button}
              text={t('Choose all {total}', { total })}
              onClick={selection.all}
            />
          )}
          <CommandBarButton
            className={styles.button}
            iconProps={{ iconName: 'Cancel' }}
            text={t('Choose none')}
            onClick={selection.none}
          />
        </div>
      )}
      {asked && 'ask' in asked.action && (
        <asked.action.ask items={asked.items} onAnswer={(action) => setAsked({ ...asked, action })} onDismiss={end} />
      )}
      {asked && 'act' in asked.action && (
        <BulkDialog
          action={asked.action}
          items={asked.items}
          noun={noun}
          nameOf={nameOf}
          onClose={() => {
            end()
            selection.none()
          }}
          onDismiss={end}
        />
      )}
    </>
  )
}

interface ChoiceButtonProps<T> {
  choice: BulkChoice<T>
  chosen: T[]
  onChoose: (action: BulkAction<T> | BulkQuestion<T>) => void
}

function ChoiceButton<T>({ choice, chosen, onChoose }: ChoiceButtonProps<T>) {
  const looks = { className: styles.button, iconProps: { iconName: choice.iconName }, text: choice.label }
  if (!('actions' in choice))
    return <CommandBarButton {...looks} disabled={!chosen.some(choice.concerns)} onClick={() => onChoose(choice)} />
  const items = choice.actions
    .filter((action) => chosen.some(action.concerns))
    .map((action) => ({
      key: action.label,
      text: action.label,
      iconProps: { iconName: action.iconName },
      onClick: () => onChoose(action),
    }))
  return <CommandBarButton {...looks} disabled={items.length === 0} menuProps={{ items }} />
}
