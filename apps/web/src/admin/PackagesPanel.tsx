import { useQuery } from '@tanstack/react-query'
import type { Environment } from '@wave-store/contract'
import { environmentQuery } from '../api/environment-queries.ts'
import { t } from '../i18n/t.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import { PackageList } from '../ui/PackageList.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'

/** What is installed in an environment. */
export function PackagesPanel({ environment, onDismiss }: { environment: Environment; onDismiss: () => void }) {
  const details = useQuery(environmentQuery(environment.key))
  return (
    <FormPanel title={t('What is installed')} isPending={false} onDismiss={onDismiss}>
      <QueryError query={details} />
      {details.isPending && <TableSkeleton />}
      {details.data && <PackageList packages={details.data.packages} />}
    </FormPanel>
  )
}
