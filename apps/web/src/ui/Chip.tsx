import { Icon } from '@fluentui/react/lib/Icon'
import type { ReactNode } from 'react'
import styles from './Chip.module.css'

export type ChipTone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info'

/** A short fact in a pill. The word carries the meaning, icon and colour repeat it. */
export function Chip({
  tone = 'neutral',
  iconName,
  children,
}: {
  tone?: ChipTone
  iconName?: string
  children: ReactNode
}) {
  return (
    <span className={`${styles.chip} ${styles[tone]}`}>
      {iconName && <Icon iconName={iconName} className={styles.icon} aria-hidden="true" />}
      {children}
    </span>
  )
}
