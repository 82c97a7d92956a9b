import { useQuery } from '@tanstack/react-query'
import type { getPlatformMetrics, OperationResult } from '@wave-store/contract'
import { platformMetricsQuery } from '../api/metric-queries.ts'
import { t } from '../i18n/t.ts'
import { MetricCharts } from '../ui/chart/MetricCharts.tsx'
import { SpanChoice } from '../ui/chart/SpanChoice.tsx'
import { useSpan } from '../ui/chart/use-span.ts'
import { formatCount } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './AdminPage.module.css'
import { UsageTotals } from './UsageTotals.tsx'

export type PlatformMetrics = OperationResult<typeof getPlatformMetrics>

/** What all instances use and hold together. */
export function UsagePage() {
  const [hours, setHours] = useSpan()
  const metrics = useQuery(platformMetricsQuery(hours))
  const { data, dataUpdatedAt } = metrics
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Usage')} />
          <p>
            {t('What all instances use and hold together{where}.', {
              where: data && t(', on {cores}', { cores: formatCount(data.cores, 'core') }),
            })}
          </p>
        </div>
      </header>
      <QueryError query={metrics} />
      {metrics.isPending && <TableSkeleton />}
      {data && (
        <>
          <UsageTotals metrics={data} />
          <SpanChoice hours={hours} onChoose={setHours} />
          {data.points.length === 0 ? (
            <p>{t('No instance ran in this time. While one does, it is measured every minute.')}</p>
          ) : (
            <MetricCharts
              points={data.points}
              intervalMs={data.intervalMs}
              hours={hours}
              nowMs={dataUpdatedAt}
              memoryLimit={{ value: data.memory.capacityBytes, label: t('capacity') }}
              cpuLimit={{ value: data.cores * 1000, label: t('machine') }}
            />
          )}
        </>
      )}
    </>
  )
}
