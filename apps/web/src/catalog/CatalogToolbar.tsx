import type { CatalogSort } from '@wave-store/contract'
import type { ReactNode } from 'react'
import type { CatalogFilter } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
import { MenuChoice } from '../ui/MenuChoice.tsx'
import styles from './CatalogToolbar.module.css'

const sorts: { key: CatalogSort; text: string }[] = [
  { key: 'relevance', text: t('Best match') },
  { key: 'title', text: t('Title') },
  { key: 'newest', text: t('Newest') },
  { key: 'launched', text: t('Most launched') },
]

interface CatalogToolbarProps {
  filter: CatalogFilter
  /** Whether somebody is signed in, who may own apps and run them. */
  knowsWho: boolean
  ownerName: string | undefined
  onAllOwners: () => void
  onMine: (mine: boolean) => void
  onRunning: (running: boolean) => void
  onSort: (sort: CatalogSort | undefined) => void
}

/** Whose apps are shown, and in which order. */
export function CatalogToolbar(props: CatalogToolbarProps) {
  const { filter, knowsWho, ownerName, onAllOwners, onMine, onRunning, onSort } = props
  const usual: CatalogSort = filter.search ? 'relevance' : 'title'
  return (
    <div className={styles.toolbar}>
      <fieldset className={styles.filters}>
        <legend className="visually-hidden">{t('Shown apps')}</legend>
        {knowsWho && (
          <>
            <Toggle isChosen={filter.mine} onChange={onMine}>
              {t('My own')}
            </Toggle>
            <Toggle isChosen={filter.running} onChange={onRunning}>
              {t('Running')}
            </Toggle>
          </>
        )}
        {filter.owner && (
          <Toggle isChosen onChange={onAllOwners}>
            {t('By {owner}', { owner: ownerName ?? t('one owner') })}
          </Toggle>
        )}
      </fieldset>
      <MenuChoice
        className={styles.sort}
        label={t('Order')}
        chosen={filter.sort ?? usual}
        options={sorts.filter(({ key }) => filter.search !== '' || key !== 'relevance')}
        onChoose={(sort) => onSort(sort === usual ? undefined : sort)}
      />
    </div>
  )
}

interface ToggleProps {
  isChosen: boolean
  onChange: (isChosen: boolean) => void
  children: ReactNode
}

function Toggle({ isChosen, onChange, children }: ToggleProps) {
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={isChosen}
      dir="auto"
      onClick={() => onChange(!isChosen)}
    >
      {children}
    </button>
  )
}
