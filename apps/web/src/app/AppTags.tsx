import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dropdown } from '@fluentui/react/lib/Dropdown'
import type { AppDetails, Tag } from '@wave-store/contract'
import { useRef, useState } from 'react'
import { useAppTags, useTags } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { EditTagPanel } from '../tags/EditTagPanel.tsx'
import { ErrorMessage } from '../ui/ErrorMessage.tsx'
import form from '../ui/form.module.css'
import { AppTagRow } from './AppTagRow.tsx'
import styles from './AppTags.module.css'
import { RemoveTagDialog } from './RemoveTagDialog.tsx'
import { whoGains } from './who-gains.ts'

/** Tags that the app bears, to be taken off and changed, and those that can be put on. */
export function AppTags({ app }: { app: AppDetails }) {
  const tags = useTags()
  const part = useRef<HTMLDivElement>(null)
  const change = useAppTags(app.id)
  const [begun, setBegun] = useState<{ action: 'edit' | 'remove'; tagId: string } | null>(null)
  const borne = tags.filter(({ id }) => app.tags.some((one) => one.id === id))
  const begunTag = tags.find(({ id }) => id === begun?.tagId)

  function remove(tag: Tag) {
    if (tag.visitorRoles.length > 0) setBegun({ action: 'remove', tagId: tag.id })
    else {
      change.mutate({ tagId: tag.id, isOn: false })
      // The button that has the focus goes with the tag.
      part.current?.focus()
    }
  }

  return (
    <div ref={part} tabIndex={-1} className={styles.tags}>
      {borne.length === 0 ? (
        <p>{t('It bears no tag.')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('Tags of this app')}>
          {borne.map((tag) => (
            <AppTagRow
              key={tag.id}
              tag={tag}
              isPending={change.isPending}
              onEdit={() => setBegun({ action: 'edit', tagId: tag.id })}
              onRemove={() => remove(tag)}
            />
          ))}
        </ul>
      )}
      <AssignTag
        app={app}
        offered={tags.filter((tag) => tag.can.assign && !borne.includes(tag))}
        isPending={change.isPending}
        onAssign={(tag) => change.mutate({ tagId: tag.id, isOn: true })}
      />
      {change.error && <ErrorMessage error={change.error} />}
      {begunTag && begun?.action === 'edit' && <EditTagPanel tag={begunTag} onDismiss={() => setBegun(null)} />}
      {begunTag && begun?.action === 'remove' && (
        <RemoveTagDialog app={app} tag={begunTag} onDismiss={() => setBegun(null)} />
      )}
    </div>
  )
}

interface AssignTagProps {
  app: AppDetails
  offered: Tag[]
  isPending: boolean
  onAssign: (tag: Tag) => void
}

function AssignTag({ app, offered, isPending, onAssign }: AssignTagProps) {
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = offered.find(({ id }) => id === chosenId)
  if (offered.length === 0) return null
  return (
    <form
      className={styles.assign}
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen && !isPending) onAssign(chosen)
      }}
    >
      <Dropdown
        className={styles.choice}
        label={t('Another tag')}
        placeholder={t('Choose a tag')}
        selectedKey={chosen?.id ?? null}
        options={offered.map((tag) => ({ key: tag.id, text: tag.title, title: tag.description }))}
        onChange={(_, option) => setChosenId(option ? String(option.key) : null)}
      />
      <DefaultButton type="submit" disabled={!chosen || isPending} allowDisabledFocus iconProps={{ iconName: 'Tag' }}>
        {t('Assign')}
      </DefaultButton>
      {chosen && (
        <p className={`${form.effect} ${styles.effect}`} role="status">
          <strong>{t('When you assign it:')}</strong> {whoGains(chosen, app.visibility)}
        </p>
      )}
    </form>
  )
}
