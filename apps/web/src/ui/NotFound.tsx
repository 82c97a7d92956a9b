import { Icon } from '@fluentui/react/lib/Icon'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { t } from '../i18n/t.ts'
import styles from './EmptyState.module.css'
import { PageTitle } from './PageTitle.tsx'

/** A page in the place of something that is not there, or that the reader may not see: the store tells no difference. */
export function NotFound({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <Icon iconName="Unknown" className={styles.icon} aria-hidden="true" />
      <PageTitle title={title} />
      <div className={styles.text}>
        <p>{children}</p>
        <Link to="/catalog">{t('Go to the Catalog')}</Link>
      </div>
    </div>
  )
}
