import { type PointerEvent, useState } from 'react'
import { t } from '../../i18n/t.ts'
import {
  areaOf,
  type ChartFrame,
  type ChartPoint,
  chartHeight,
  chartWidth,
  lineOf,
  runsOf,
  xOf,
  yOf,
} from './chart-shape.ts'
import styles from './TimeChart.module.css'

export interface ChartLimit {
  value: number
  label: string
}

interface TimeChartProps {
  title: string
  /** Oldest first. */
  points: ChartPoint[]
  frame: ChartFrame
  format: (value: number) => string
  limit?: ChartLimit | undefined
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/** What the chart shows, for who does not see it. */
function summary({ title, points, format, limit }: TimeChartProps): string {
  const last = points.at(-1)
  if (!last) return t('{title}: nothing was measured', { title })
  const most = points.reduce((high, point) => (point.value > high.value ? point : high))
  const average = points.reduce((sum, { value }) => sum + value, 0) / points.length
  const facts = [
    t('last {value}', { value: format(last.value) }),
    t('at most {value} at {at}', { value: format(most.value), at: clock.format(most.at) }),
    t('on average {average}', { average: format(average) }),
    ...(limit ? [t('{label} {value}', { label: limit.label, value: format(limit.value) })] : []),
  ]
  return t('{title}: {join}', { title, join: facts.join(', ') })
}

/** One measure over time. */
export function TimeChart(props: TimeChartProps) {
  const { title, points, frame, format, limit } = props
  const [pointed, setPointed] = useState<ChartPoint | null>(null)
  const runs = runsOf(points, frame.intervalMs)
  const shown = pointed ?? points.at(-1)
  const seesLimit = limit !== undefined && limit.value <= frame.top

  function point(event: PointerEvent<SVGSVGElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = frame.fromMs + ((event.clientX - left) / width) * (frame.toMs - frame.fromMs)
    setPointed(points.find((one) => at >= one.at && at < one.at + frame.intervalMs) ?? null)
  }

  return (
    <figure className={styles.chart}>
      <figcaption>
        <span className={styles.title}>{title}</span>
        {shown && (
          <span className={styles.value}>
            {format(shown.value)}
            {pointed && <span className={styles.at}>{t('at {at}', { at: clock.format(pointed.at) })}</span>}
          </span>
        )}
      </figcaption>
      <div className={styles.plot}>
        {!seesLimit && <span className={styles.top}>{format(frame.top)}</span>}
        <svg
          viewBox={t('0 0 {chartWidth} {chartHeight}', { chartWidth, chartHeight })}
          preserveAspectRatio="none"
          role="img"
          aria-label={summary(props)}
          onPointerMove={point}
          onPointerLeave={() => setPointed(null)}
        >
          {runs.map((run) => (
            <g key={run[0]?.at}>
              <path className={styles.area} d={areaOf(run, frame)} />
              <path className={styles.line} d={lineOf(run, frame)} />
            </g>
          ))}
          {seesLimit && (
            <line className={styles.limit} x2={chartWidth} y1={yOf(limit.value, frame)} y2={yOf(limit.value, frame)} />
          )}
          {pointed && (
            <line
              className={styles.pointer}
              x1={xOf(pointed.at + frame.intervalMs / 2, frame)}
              x2={xOf(pointed.at + frame.intervalMs / 2, frame)}
              y2={chartHeight}
            />
          )}
        </svg>
      </div>
      <div className={styles.times} aria-hidden="true">
        <span>{clock.format(frame.fromMs)}</span>
        {limit && (
          <span>
            {seesLimit && <span className={styles.key} />} {limit.label} {format(limit.value)}
            {!seesLimit && t(', far above')}
          </span>
        )}
        <span>{clock.format(frame.toMs)}</span>
      </div>
    </figure>
  )
}
