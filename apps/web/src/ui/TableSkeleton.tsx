import { Shimmer, ShimmerElementType } from '@fluentui/react/lib/Shimmer'
import styles from './TableSkeleton.module.css'

const rows = ['a', 'b', 'c']

/** Rows to be, while a table's data is on its way. */
export function TableSkeleton() {
  return (
    <div className={styles.rows} aria-hidden="true">
      {rows.map((row) => (
        <Shimmer
          key={row}
          shimmerElements={[
            { type: ShimmerElementType.line, width: 40, height: 40 },
            { type: ShimmerElementType.gap, width: 16, height: 40 },
            { type: ShimmerElementType.line, width: '30%', height: 16 },
            { type: ShimmerElementType.gap, width: '10%', height: 40 },
            { type: ShimmerElementType.line, height: 16 },
          ]}
        />
      ))}
    </div>
  )
}
