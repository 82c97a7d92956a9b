import type { TagSummary } from '@wave-store/contract'
import type { CSSProperties } from 'react'
import { t } from '../i18n/t.ts'
import { useColours } from '../theme/ThemeRoot.tsx'
import { tagColours } from '../theme/tag-colours.ts'
import styles from './TagChip.module.css'

/** Custom properties for an element that wears a tag's colour. */
export function useTagStyle(color: string): CSSProperties {
  const { text, background, edge } = tagColours(color, useColours())
  return { '--tag-text': text, '--tag-background': background, '--tag-edge': edge } as CSSProperties
}

export function TagChip({ tag }: { tag: Pick<TagSummary, 'title' | 'color'> & { description?: string } }) {
  const style = useTagStyle(tag.color)
  return (
    <span
      className={styles.tag}
      style={style}
      title={
        tag.description ? t('{title}: {description}', { title: tag.title, description: tag.description }) : tag.title
      }
      dir="auto"
    >
      {tag.title}
    </span>
  )
}
