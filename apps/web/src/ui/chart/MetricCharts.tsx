import type { MetricPoint } from '@wave-store/contract'
import { t } from '../../i18n/t.ts'
import { formatBytes, formatCount, formatCpu, formatNumber } from '../format.ts'
import { type ChartFrame, roundTop } from './chart-shape.ts'
import styles from './MetricCharts.module.css'
import { MetricTable } from './MetricTable.tsx'
import { type ChartLimit, TimeChart } from './TimeChart.tsx'

interface MetricChartsProps {
  points: MetricPoint[]
  intervalMs: number
  hours: number
  /** The time at the right edge, epoch milliseconds. */
  nowMs: number
  memoryLimit?: ChartLimit | undefined
  cpuLimit?: ChartLimit | undefined
}

interface Measure {
  title: string
  value: (point: MetricPoint) => number
  format: (value: number) => string
  /** The upper edge is this at least. */
  atLeast: number
  isBytes?: boolean
  limit?: ChartLimit | undefined
}

const minuteMs = 60_000
/** A limit of so many times what is used is told, and not drawn. */
const farAbove = 12

function measuresOf({ intervalMs, cpuLimit, memoryLimit }: MetricChartsProps): Measure[] {
  return [
    {
      title: t('CPU'),
      value: ({ cpuMillis }) => cpuMillis,
      format: (millis) => formatCpu(Math.round(millis)),
      atLeast: 100,
      limit: cpuLimit,
    },
    {
      title: t('Memory'),
      value: ({ memoryBytes }) => memoryBytes,
      format: formatBytes,
      atLeast: 1024 ** 2,
      isBytes: true,
      limit: memoryLimit,
    },
    {
      title: t('Requests'),
      value: ({ requests }) => (requests * minuteMs) / intervalMs,
      format: (rate) => t('{rate} a minute', { rate: formatNumber(Number(rate.toFixed(1))) }),
      atLeast: 10,
    },
    {
      title: t('Open WebSockets'),
      value: ({ sockets }) => sockets,
      format: (count) => formatCount(Number(count.toFixed(1)), 'socket'),
      atLeast: 5,
    },
  ]
}

/** CPU, memory, requests and WebSockets over the last hours: drawn, and as a table for who wants the numbers. */
export function MetricCharts(props: MetricChartsProps) {
  const { points, intervalMs, hours, nowMs } = props
  const times = { fromMs: nowMs - hours * 60 * minuteMs, toMs: nowMs, intervalMs }
  return (
    <>
      <div className={styles.charts}>
        {measuresOf(props).map(({ title, value, format, atLeast, isBytes, limit }) => {
          const values = points.map((point) => ({ at: Date.parse(point.at), value: value(point) }))
          const most = Math.max(atLeast, ...values.map((one) => one.value))
          const frame: ChartFrame = { ...times, top: topOf(most, limit, isBytes) }
          return <TimeChart key={title} title={title} points={values} frame={frame} format={format} limit={limit} />
        })}
      </div>
      <MetricTable points={points} />
    </>
  )
}

/** The upper edge: a little above a limit, unless what is used would then be a line on the ground. */
function topOf(most: number, limit: ChartLimit | undefined, isBytes?: boolean): number {
  if (!limit || limit.value > most * farAbove) return roundTop(most, isBytes)
  return Math.max(most, limit.value) * 1.1
}
