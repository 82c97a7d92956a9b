import type { Category, Tag } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { formatNumber } from '../ui/format.ts'
import { MenuChoice } from '../ui/MenuChoice.tsx'
import styles from './CategoryList.module.css'

export interface CategoryListProps {
  counts: { category: Category; count: number }[]
  /** Tags that stand among the categories. */
  tags: Tag[]
  chosen: Category | Tag | undefined
  onChoose: (chosen: Category | Tag | undefined) => void
}

interface Entry {
  key: string
  label: string
  count?: number
  value: Category | Tag | undefined
}

function entriesOf({ counts, tags, chosen }: CategoryListProps): { categories: Entry[]; tagged: Entry[] } {
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  const shown = counts.filter(({ category, count }) => count > 0 || category === chosen)
  return {
    categories: [
      { key: 'all', label: t('All'), count: all, value: undefined },
      ...shown.map(({ category, count }) => ({ key: category, label: category, count, value: category })),
    ],
    tagged: tags.map((tag) => ({ key: tag.id, label: tag.title, value: tag })),
  }
}

const keyOf = (chosen: CategoryListProps['chosen']) => (typeof chosen === 'object' ? chosen.id : (chosen ?? 'all'))

/** The categories that hold something under the search, and the tags that stand among them, at the left of the grid; above it, as a menu, where it is narrow. Empty while nothing is known or nothing is found. */
export function CategoryList(props: CategoryListProps) {
  const { counts, tags, chosen, onChoose } = props
  if (counts.length === 0 && tags.length === 0 && !chosen) return <div />
  const { categories, tagged } = entriesOf(props)
  return (
    <>
      <nav className={styles.list} aria-label={t('Categories')}>
        {[categories, tagged].flatMap((entries, group) =>
          entries.map((entry, position) => (
            <button
              key={entry.key}
              type="button"
              className={`${styles.entry} ${group > 0 && position === 0 ? styles.divided : ''}`}
              aria-pressed={entry.key === keyOf(chosen)}
              onClick={() => onChoose(entry.value)}
            >
              <span dir="auto">{entry.label}</span>
              {entry.count !== undefined && <span className={styles.count}>{formatNumber(entry.count)}</span>}
            </button>
          )),
        )}
      </nav>
      <MenuChoice
        className={styles.menu}
        label={t('Category')}
        options={[...categories, ...tagged].map(optionOf)}
        chosen={keyOf(chosen)}
        onChoose={(key) => onChoose([...categories, ...tagged].find((entry) => entry.key === key)?.value)}
      />
    </>
  )
}

function optionOf({ key, label, count, value }: Entry) {
  const text = value === undefined ? t('All categories') : label
  return { key, text: count === undefined ? text : t('{text} ({count})', { text, count: formatNumber(count) }) }
}
