import { useQuery } from '@tanstack/react-query'
import type { Instance } from '@wave-store/contract'
import { instanceMetricsQuery } from '../api/metric-queries.ts'
import { t } from '../i18n/t.ts'
import { MetricCharts } from '../ui/chart/MetricCharts.tsx'
import { SpanChoice } from '../ui/chart/SpanChoice.tsx'
import { useSpan } from '../ui/chart/use-span.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { UseBar } from '../ui/UseBar.tsx'
import styles from './MetricsTab.module.css'

/** What an instance used and served over the last hours. */
export function MetricsTab({ instance }: { instance: Instance }) {
  const [hours, setHours] = useSpan()
  const metrics = useQuery(instanceMetricsQuery(instance.id, hours))
  const { data, dataUpdatedAt } = metrics
  return (
    <>
      <SpanChoice hours={hours} onChoose={setHours} />
      <QueryError query={metrics} />
      {metrics.isPending && <TableSkeleton />}
      {data?.points.length === 0 && (
        <EmptyState iconName="LineChart" title={t('Nothing is measured yet')}>
          <p>
            {instance.status === 'DEPLOYED'
              ? t('The first numbers are there a minute after it began to run.')
              : t('It did not run in this time. While it runs, it is measured every minute.')}
          </p>
        </EmptyState>
      )}
      {data && data.points.length > 0 && (
        <>
          {instance.volume && data.volumeBytes !== null && (
            <div className={styles.volume}>
              <span>{t('Volume {path}', { path: instance.volume.path })}</span>
              <UseBar label={t('Volume')} usedBytes={data.volumeBytes} limitBytes={instance.volume.sizeBytes} />
            </div>
          )}
          <MetricCharts
            points={data.points}
            intervalMs={data.intervalMs}
            hours={hours}
            nowMs={dataUpdatedAt}
            memoryLimit={{ value: data.memoryLimitBytes, label: t('limit') }}
            cpuLimit={data.cpuLimitMillis === null ? undefined : { value: data.cpuLimitMillis, label: t('limit') }}
          />
        </>
      )}
    </>
  )
}
