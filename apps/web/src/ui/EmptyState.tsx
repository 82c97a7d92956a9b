import { Icon } from '@fluentui/react/lib/Icon'
import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** Stands where a list would: what is not there, and what to do next. */
export function EmptyState({ iconName, title, children }: { iconName: string; title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <Icon iconName={iconName} className={styles.icon} aria-hidden="true" />
      <h2>{title}</h2>
      <div className={styles.text}>{children}</div>
    </div>
  )
}
