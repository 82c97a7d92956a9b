import { Icon } from '@fluentui/react/lib/Icon'
import { Modal } from '@fluentui/react/lib/Modal'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useState } from 'react'
import { useNavigate } from 'react-router'
import { appsFoundQuery } from '../../api/app-queries.ts'
import { instancesQuery } from '../../api/instance-queries.ts'
import { useSession } from '../../api/session-queries.ts'
import { t } from '../../i18n/t.ts'
import styles from './Palette.module.css'
import { appEntry, entriesFor, instanceEntry, type PaletteEntry, pageEntries } from './palette-entries.ts'

/** Leads by a few letters to any page, instance of one's own, or app. */
export function Palette({ onClose }: { onClose: () => void }) {
  const id = useId()
  const navigate = useNavigate()
  const [search, setSearch] = useState('')
  const [current, setCurrent] = useState(0)
  const entries = useEntries(search)
  const chosen = Math.min(current, entries.length - 1)
  const optionId = (position: number) => `${id}-${position}`

  function go({ path }: PaletteEntry) {
    onClose()
    navigate(path)
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const entry = entries[chosen]
    if (step === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (!entry) return
    if (step === undefined) return go(entry)
    const next = (chosen + step + entries.length) % entries.length
    setCurrent(next)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <Modal isOpen onDismiss={onClose} containerClassName={styles.palette} titleAriaId={`${id}-title`}>
      <h2 id={`${id}-title`} className="visually-hidden">
        {t('Go to')}
      </h2>
      <input
        className={styles.input}
        role="combobox"
        aria-label={t('Go to a page, an instance or an app')}
        aria-expanded={entries.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={entries.length > 0 ? optionId(chosen) : undefined}
        placeholder={t('Go to a page, an instance or an app')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={search}
        onChange={({ target }) => {
          setSearch(target.value)
          setCurrent(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={t('Where to')} className={styles.list}>
        {entries.map((entry, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, as of any combobox
          <div
            key={entry.path}
            id={optionId(position)}
            role="option"
            tabIndex={-1}
            aria-selected={position === chosen}
            className={styles.option}
            onClick={() => go(entry)}
            onPointerMove={() => setCurrent(position)}
          >
            <Icon iconName={entry.iconName} className={styles.icon} aria-hidden="true" />
            <span className={styles.label} dir="auto">
              {entry.label}
            </span>
            <span className={styles.kind}>{entry.kind}</span>
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className={styles.nothing}>{t('Nothing is called like that.')}</p>}
    </Modal>
  )
}

function useEntries(search: string): PaletteEntry[] {
  const session = useSession()
  const wanted = search.trim()
  const instances = useQuery({ ...instancesQuery(), enabled: session.user !== null })
  const apps = useQuery({
    ...appsFoundQuery(wanted),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  })
  return [
    ...entriesFor(pageEntries(session), wanted),
    ...entriesFor((instances.data ?? []).map(instanceEntry), wanted),
    ...(wanted ? (apps.data ?? []).map(appEntry) : []),
  ]
}
