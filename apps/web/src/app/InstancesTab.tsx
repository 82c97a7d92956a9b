import { Shimmer } from '@fluentui/react/lib/Shimmer'
import type { AppDetails, Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { useInstances } from '../api/live-instances.ts'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { StatusChip } from '../ui/StatusChip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'

/** The instances of this version that the reader may see. */
export function InstancesTab({ app }: { app: AppDetails }) {
  const instances = useInstances(app.id)
  if (instances.data?.length === 0)
    return (
      <EmptyState iconName="BoxPlaySolid" title={t('No instance')}>
        <p>{t('Nobody whose instances you may see runs this version.')}</p>
      </EmptyState>
    )
  return (
    <>
      <QueryError query={instances} />
      {instances.isPending && <Shimmer />}
      {instances.data && <InstanceTable instances={instances.data} title={app.title} />}
    </>
  )
}

function InstanceTable({ instances, title }: { instances: Instance[]; title: string }) {
  return (
    <Table
      label={t('Instances of {title}', { title })}
      columns={[t('Owner'), t('Status'), t('Visibility'), t('Started')]}
    >
      {instances.map((instance) => (
        <tr key={instance.id}>
          <td>
            <Link to={`/instances/${instance.id}`} className={table.rowLink}>
              {instance.owner.name}
            </Link>
          </td>
          <td data-label={t('Status')}>
            <StatusChip instance={instance} />
          </td>
          <td data-label={t('Visibility')}>
            <VisibilityChip visibility={instance.visibility} />
          </td>
          <td data-label={t('Started')} className={table.brief}>
            <Age since={instance.startedAt} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
