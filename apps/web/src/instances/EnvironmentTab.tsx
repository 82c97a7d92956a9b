import { useQuery } from '@tanstack/react-query'
import type { Instance } from '@wave-store/contract'
import { instanceEnvironmentQuery } from '../api/environment-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatBytes, formatTime } from '../ui/format.ts'
import { PackageList } from '../ui/PackageList.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { Section } from '../ui/Section.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './InstanceOverview.module.css'

/** The Python packages that an instance runs with. */
export function EnvironmentTab({ instance }: { instance: Instance }) {
  const query = useQuery(instanceEnvironmentQuery(instance))
  const environment = query.data
  return (
    <div className={styles.overview}>
      <QueryError query={query} />
      {query.isPending && <TableSkeleton />}
      {environment === null && (
        <EmptyState iconName="Package" title={t('No shared environment')}>
          <p>{whyNone(instance)}</p>
        </EmptyState>
      )}
      {environment && (
        <>
          <Section title={t('Environment')}>
            <Facts
              facts={[
                [t('Python'), environment.python],
                [t('Size'), formatBytes(environment.sizeBytes)],
                [t('Built'), formatTime(environment.builtAt)],
              ]}
            />
          </Section>
          <Section title={t('What is installed')}>
            <PackageList packages={environment.packages} />
          </Section>
        </>
      )}
    </div>
  )
}

function whyNone({ resourceVolumeBytes, status }: Instance): string {
  if (resourceVolumeBytes !== null) return t('Its packages are its own, under /resources, and are not looked into.')
  if (status === 'PENDING') return t('It has not been made yet.')
  return t('The app needs no packages beside Python’s own, or has not been started since they were last cleared away.')
}
