import styles from './Sparkline.module.css'

interface SparklineProps {
  /** Says in words what the line shows. */
  label: string
  /** Oldest first. */
  values: number[]
  /** How many values fill the width; fewer stand at the right. */
  capacity: number
  /** Height of the box, at least. */
  atLeast: number
}

const width = 120
const height = 28

/** A line small enough for a table's cell. */
export function Sparkline({ label, values, capacity, atLeast }: SparklineProps) {
  const top = Math.max(atLeast, ...values)
  const step = width / Math.max(1, capacity - 1)
  const left = width - (values.length - 1) * step
  const points = values.map((value, index) => {
    const y = height - 1 - (value / top) * (height - 2)
    return `${(left + index * step).toFixed(1)},${y.toFixed(1)}`
  })
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      <polyline points={points.join(' ')} />
    </svg>
  )
}
