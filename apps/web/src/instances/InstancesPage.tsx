import { Link } from 'react-router'
import { useInstances } from '../api/live-instances.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { InstanceList } from './InstanceList.tsx'
import styles from './InstancesPage.module.css'

export function InstancesPage() {
  const instances = useInstances()
  return (
    <>
      <header className={styles.head}>
        <PageTitle title={t('My Instances')} />
        <p>{t('Every app that you run is an instance of its own, with its own address and its own data.')}</p>
      </header>
      <QueryError query={instances} />
      {instances.isPending && <TableSkeleton />}
      {instances.data?.length === 0 && (
        <EmptyState iconName="BoxPlaySolid" title={t('Nothing is running')}>
          <p>{t('Choose an app in the Catalog and run it. It then stands here until you terminate it.')}</p>
          <Link to="/catalog">{t('Go to the Catalog')}</Link>
        </EmptyState>
      )}
      {instances.data && instances.data.length > 0 && (
        <InstanceList instances={instances.data} label={t('My instances')} />
      )}
    </>
  )
}
