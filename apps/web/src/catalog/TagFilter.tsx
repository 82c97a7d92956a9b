import type { Tag } from '@wave-store/contract'
import { useState } from 'react'
import { useTagStyle } from '../ui/TagChip.tsx'
import styles from './TagFilter.module.css'

const shownAtFirst = 12

interface TagFilterProps {
  tags: Tag[]
  chosen: Tag | undefined
  onChoose: (tag: Tag | undefined) => void
}

/** Chips above the grid, the most used first; a second press lets go of the tag. Nothing where no tag is in use. */
export function TagFilter({ tags, chosen, onChoose }: TagFilterProps) {
  const [showsAll, setShowsAll] = useState(false)
  const used = tags
    .filter((tag) => tag.appCount > 0 || tag.id === chosen?.id)
    .sort((a, b) => b.appCount - a.appCount || a.title.localeCompare(b.title))
  if (used.length === 0) return null
  const shown = showsAll ? used : used.filter((tag, position) => position < shownAtFirst || tag.id === chosen?.id)
  return (
    <fieldset className={styles.tags}>
      <legend className="visually-hidden">Tags</legend>
      {shown.map((tag) => (
        <TagButton
          key={tag.id}
          tag={tag}
          isChosen={tag.id === chosen?.id}
          onClick={() => onChoose(tag.id === chosen?.id ? undefined : tag)}
        />
      ))}
      {used.length > shownAtFirst && (
        <button type="button" className={styles.more} aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Fewer tags' : `All ${used.length} tags`}
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
