import { useAllInstances } from '../api/live-instances.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { InstanceList } from './InstanceList.tsx'
import styles from './InstancesPage.module.css'

export function AllInstancesPage() {
  const instances = useAllInstances()
  return (
    <>
      <header className={styles.head}>
        <PageTitle title={t('Instances')} />
        <p>{t('Everybody’s. What is done here to somebody’s instance is in the audit log, and they are told.')}</p>
      </header>
      <QueryError query={instances} />
      {instances.isPending && <TableSkeleton />}
      {instances.data?.length === 0 && (
        <EmptyState iconName="BoxPlaySolid" title={t('Nobody runs anything')}>
          <p>{t('Instances are listed here from their launch until they are terminated.')}</p>
        </EmptyState>
      )}
      {instances.data && instances.data.length > 0 && (
        <InstanceList instances={instances.data} label={t('All instances')} showsOwner />
      )}
    </>
  )
}
