import { useQuery } from '@tanstack/react-query'
import type { AppDetails, getAppStatistics, OperationResult } from '@wave-store/contract'
import { Link } from 'react-router'
import { appStatisticsQuery } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
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

const columns = [t('Version'), t('Launches'), t('People'), t('Failures'), t('Start, 95 of 100'), t('Instances now')]

function Loaded({ statistics: { total, versions }, title }: { statistics: Statistics; title: string }) {
  return (
    <>
      <p className={styles.total}>
        {t('Launched {launches} by {people}; {failed}.', {
          launches: formatCount(total.launches, 'time'),
          people: formatCount(total.people, 'person', 'people'),
          failed:
            total.failures === 0
              ? t('nothing failed')
              : t('{failures} failed', { failures: formatCount(total.failures, 'process', 'processes') }),
        })}
      </p>
      <Table label={t('How {title} is used', { title })} columns={columns}>
        {versions.map((version) => (
          <tr key={version.appId}>
            <td>
              <Link to={`/apps/${version.appId}/statistics`} className={table.rowLink}>
                {version.version}
              </Link>
            </td>
            <td data-label={t('Launches')}>{formatNumber(version.launches)}</td>
            <td data-label={t('People')}>{formatNumber(version.people)}</td>
            <td data-label={t('Failures')}>{formatNumber(version.failures)}</td>
            <td data-label={t('Start, 95 of 100')} className={table.brief}>
              {version.p95StartMs === null
                ? t('Never started')
                : t('within {p95StartMs}', { p95StartMs: formatSeconds(version.p95StartMs) })}
            </td>
            <td data-label={t('Instances now')}>{formatNumber(version.instances)}</td>
          </tr>
        ))}
      </Table>
      <p className={styles.note}>
        {t(
          'Failures are processes that ended by themselves or never answered. Starts count from the request to the first answer, the latest 50 of each version.',
        )}
      </p>
    </>
  )
}
