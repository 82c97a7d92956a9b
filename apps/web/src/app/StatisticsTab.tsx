import { useQuery } from '@tanstack/react-query'
import type { AppDetails, getAppStatistics, OperationResult } from '@wave-store/contract'
import { Link } from 'react-router'
import { appStatisticsQuery } from '../api/app-queries.ts'
import { formatCount, formatNumber, formatSeconds } from '../ui/format.ts'
import { QueryError } from '../ui/QueryError.tsx'
import { Table } from '../ui/Table.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import table from '../ui/table.module.css'
import styles from './StatisticsTab.module.css'

type Statistics = OperationResult<typeof getAppStatistics>

/** How the versions of this name are used; for its owner and administrators. */
export function StatisticsTab({ app }: { app: AppDetails }) {
  const statistics = useQuery(appStatisticsQuery(app.id))
  return (
    <>
      <QueryError query={statistics} />
      {statistics.isPending && <TableSkeleton />}
      {statistics.data && <Loaded statistics={statistics.data} title={app.title} />}
    </>
  )
}

const columns = ['Version', 'Launches', 'People', 'Failures', 'Start, 95 of 100', 'Instances now']

function Loaded({ statistics: { total, versions }, title }: { statistics: Statistics; title: string }) {
  return (
    <>
      <p className={styles.total}>
        Launched {formatCount(total.launches, 'time')} by {formatCount(total.people, 'person', 'people')};{' '}
        {total.failures === 0 ? 'nothing failed' : `${formatCount(total.failures, 'process', 'processes')} failed`}.
      </p>
      <Table label={`How ${title} is used`} columns={columns}>
        {versions.map((version) => (
          <tr key={version.appId}>
            <td>
              <Link to={`/apps/${version.appId}/statistics`} className={table.rowLink}>
                {version.version}
              </Link>
            </td>
            <td data-label="Launches">{formatNumber(version.launches)}</td>
            <td data-label="People">{formatNumber(version.people)}</td>
            <td data-label="Failures">{formatNumber(version.failures)}</td>
            <td data-label="Start, 95 of 100" className={table.brief}>
              {version.p95StartMs === null ? 'Never started' : `within ${formatSeconds(version.p95StartMs)}`}
            </td>
            <td data-label="Instances now">{formatNumber(version.instances)}</td>
          </tr>
        ))}
      </Table>
      <p className={styles.note}>
        Failures are processes that ended by themselves or never answered. Starts count from the request to the first
        answer, the latest 50 of each version.
      </p>
    </>
  )
}
