import type { ReactNode } from 'react'
import { PageTitle } from '../ui/PageTitle.tsx'
import { BrandMark } from './BrandMark.tsx'
import styles from './FullPage.module.css'

/** A page without the bars: one message, one way on. */
export function FullPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <BrandMark />
      <PageTitle title={title} />
      <div className={styles.text}>{children}</div>
    </main>
  )
}
