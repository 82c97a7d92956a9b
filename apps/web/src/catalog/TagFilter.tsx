import type { Tag } from '@wave-store/contract'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { useTagStyle } from '../ui/TagChip.tsx'
import styles from './TagFilter.module.css'

const shownAtFirst = 12

interface TagFilterProps {
  tags: Tag[]
  chosen: Tag[]
  onToggle: (tag: Tag) => void
}

/** Chips above the grid, the most used first; apps bear all that are chosen; a second press lets go of one. Nothing where no tag is in use. */
export function TagFilter({ tags, chosen, onToggle }: TagFilterProps) {
  const [showsAll, setShowsAll] = useState(false)
  const used = tags
    .filter((tag) => tag.appCount > 0 || chosen.includes(tag))
    .sort((a, b) => b.appCount - a.appCount || a.title.localeCompare(b.title))
  if (used.length === 0) return null
  const shown = showsAll ? used : used.filter((tag, position) => position < shownAtFirst || chosen.includes(tag))
  return (
    <fieldset className={styles.tags}>
      <legend className="visually-hidden">{t('Tags')}</legend>
      {shown.map((tag) => (
        <TagButton key={tag.id} tag={tag} isChosen={chosen.includes(tag)} onClick={() => onToggle(tag)} />
      ))}
      {used.length > shownAtFirst && (
        <button type="button" className={styles.more} aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? t('Fewer tags') : t('All {count} tags', { count: used.length })}
        </button>
      )}
    </fieldset>
  )
}

function TagButton({ tag, isChosen, onClick }: { tag: Tag; isChosen: boolean; onClick: () => void }) {
  const style = useTagStyle(tag.color)
  return (
    <button
      type="button"
      className={styles.tag}
      style={style}
      aria-pressed={isChosen}
      title={tag.description || undefined}
      dir="auto"
      onClick={onClick}
    >
      {tag.title}
    </button>
  )
}
