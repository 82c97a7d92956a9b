import type { AppDetails } from '@wave-store/contract'
import { lazy, Suspense } from 'react'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Gallery } from './Gallery.tsx'
import styles from './OverviewTab.module.css'

const Markdown = lazy(async () => ({ default: (await import('../ui/Markdown.tsx')).Markdown }))

export function OverviewTab({ app }: { app: AppDetails }) {
  if (!app.longDescription && app.screenshotUrls.length === 0)
    return (
      <EmptyState iconName="TextDocument" title={t('No more about this app')}>
        <p>{t('Its bundle holds neither screenshots nor a long description.')}</p>
      </EmptyState>
    )
  return (
    <div className={styles.overview}>
      {app.screenshotUrls.length > 0 && <Gallery title={app.title} urls={app.screenshotUrls} />}
      {app.longDescription && (
        <Suspense>
          <Markdown text={app.longDescription} />
        </Suspense>
      )}
      {app.keywords.length > 0 && (
        <p className={styles.keywords}>
          <span>{t('Keywords:')}</span> {app.keywords.join(', ')}
        </p>
      )}
    </div>
  )
}
