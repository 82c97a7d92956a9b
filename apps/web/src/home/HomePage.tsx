import { useQuery } from '@tanstack/react-query'
import type { Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { newestAppsQuery } from '../api/app-queries.ts'
import { useInstances } from '../api/live-instances.ts'
import { useSession } from '../api/session-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { TileGrid } from '../tiles/TileGrid.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { useNow } from '../ui/use-now.ts'
import styles from './HomePage.module.css'
import { InUse } from './InUse.tsx'
import { NeedsMe } from './NeedsMe.tsx'
import { needsOf } from './needs-me.ts'

const shownInUse = 6

/** What needs me, what I use, what is new. */
export function HomePage() {
  const { can } = useSession()
  const instances = useInstances()
  const newest = useQuery(newestAppsQuery)
  const needs = needsOf(instances.data ?? [], useNow())
  const inUse = [...(instances.data ?? [])].sort((a, b) => lastTouched(b) - lastTouched(a))

  return (
    <div className={styles.home}>
      <PageTitle title={t('Home')} />
      <QueryError query={instances} />
      {needs.length > 0 && (
        <section aria-labelledby="needs-me">
          <h2 id="needs-me">{t('What needs you')}</h2>
          <NeedsMe needs={needs} />
        </section>
      )}
      <section aria-labelledby="in-use">
        <header className={styles.head}>
          <h2 id="in-use">{t('What you use')}</h2>
          {inUse.length > shownInUse && (
            <Link to="/instances">{t('All {count} instances', { count: inUse.length })}</Link>
          )}
        </header>
        {instances.isPending && <TableSkeleton />}
        {instances.data?.length === 0 && (
          <EmptyState iconName="BoxPlaySolid" title={t('Nothing is running')}>
            <p>{t('Choose an app in the Catalog and run it. It then stands here until you terminate it.')}</p>
            <Link to="/catalog">{t('Go to the Catalog')}</Link>
          </EmptyState>
        )}
        {inUse.length > 0 && <InUse instances={inUse.slice(0, shownInUse)} />}
      </section>
      <section aria-labelledby="new-here">
        <header className={styles.head}>
          <h2 id="new-here">{t('New in the Catalog')}</h2>
          <Link to="/catalog?sort=newest">{t('All apps')}</Link>
        </header>
        <QueryError query={newest} />
        {newest.data?.length === 0 && (
          <p>
            <T
              text="Nobody has published an app yet. <0/>"
              parts={{ 0: can.importApps && <Link to="/my-apps">{t('Import the first one under My Apps')}</Link> }}
            />
          </p>
        )}
        {newest.data && <TileGrid apps={newest.data} />}
      </section>
    </div>
  )
}

function lastTouched({ lastUsedAt, startedAt }: Instance): number {
  return Math.max(Date.parse(startedAt), lastUsedAt ? Date.parse(lastUsedAt) : 0)
}
