import type { ReactNode } from 'react'
import styles from './Section.module.css'

/** A titled part of a page, on a card. */
export function Section({ title, tone, children }: { title: string; tone?: 'danger'; children: ReactNode }) {
  return (
    <section className={`${styles.section} ${tone ? styles[tone] : ''}`} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
