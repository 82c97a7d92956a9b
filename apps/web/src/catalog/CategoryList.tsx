import { Dropdown } from '@fluentui/react/lib/Dropdown'
import type { Category } from '@wave-store/contract'
import styles from './CategoryList.module.css'

export interface CategoryListProps {
  counts: { category: Category; count: number }[]
  chosen: Category | undefined
  onChoose: (category: Category | undefined) => void
}

/** The categories that hold something under the search, at the left of the grid; above it, as a dropdown, where it is narrow. Empty while nothing is known or nothing is found. */
export function CategoryList({ counts, chosen, onChoose }: CategoryListProps) {
  if (counts.length === 0 && !chosen) return <div />
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  const shown = counts.filter(({ category, count }) => count > 0 || category === chosen)
  const entries: { category: Category | undefined; label: string; count: number }[] = [
    { category: undefined, label: 'All', count: all },
    ...shown.map(({ category, count }) => ({ category, label: category, count })),
  ]
  return (
    <>
      <nav className={styles.list} aria-label="Categories">
        {entries.map(({ category, label, count }) => (
          <button
            key={label}
            type="button"
            className={styles.entry}
            aria-pressed={category === chosen}
            onClick={() => onChoose(category)}
          >
            <span>{label}</span>
            <span className={styles.count}>{count.toLocaleString('en')}</span>
          </button>
        ))}
      </nav>
      <Dropdown
        className={styles.dropdown}
        ariaLabel="Category"
        selectedKey={chosen ?? 'All'}
        options={entries.map(({ category, label, count }) => ({
          key: label,
          text: `${category ? label : 'All categories'} (${count.toLocaleString('en')})`,
          data: category,
        }))}
        onChange={(_, option) => onChoose(option?.data)}
      />
    </>
  )
}
