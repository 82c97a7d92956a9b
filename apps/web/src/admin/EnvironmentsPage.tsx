import { useQuery } from '@tanstack/react-query'
import { environmentsQuery } from '../api/environment-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatBytes } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './AdminPage.module.css'
import { ConstraintsSection } from './ConstraintsSection.tsx'
import { EnvironmentTable } from './EnvironmentTable.tsx'

export function EnvironmentsPage() {
  const environments = useQuery(environmentsQuery)
  const { items = [], budgetBytes = 0 } = environments.data ?? {}
  const takenBytes = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Environments')} />
          <p>
            {t('Python packages of apps, built once and shared by every instance that asks for the same.{taken}', {
              taken:
                items.length > 0 &&
                t(' They take {takenBytes} of {budgetBytes}.', {
                  takenBytes: formatBytes(takenBytes),
                  budgetBytes: formatBytes(budgetBytes),
                }),
            })}
          </p>
        </div>
      </header>
      <QueryError query={environments} />
      {environments.isPending && <TableSkeleton />}
      {environments.data && items.length === 0 && (
        <EmptyState iconName="Package" title={t('No environment is kept yet')}>
          <p>{t('The first launch of an app with requirements builds one.')}</p>
        </EmptyState>
      )}
      {items.length > 0 && <EnvironmentTable environments={items} />}
      <ConstraintsSection />
    </>
  )
}
