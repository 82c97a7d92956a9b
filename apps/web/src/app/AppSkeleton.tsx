import { Shimmer, ShimmerElementType } from '@fluentui/react/lib/Shimmer'
import styles from './AppHeader.module.css'

export function AppSkeleton() {
  return (
    <div className={styles.header} aria-busy="true">
      <div className={styles.who}>
        <Shimmer width={72} shimmerElements={[{ type: ShimmerElementType.line, width: 72, height: 72 }]} />
        <div className={styles.words}>
          <Shimmer width={260} shimmerElements={[{ type: ShimmerElementType.line, height: 28 }]} />
          <Shimmer width={180} shimmerElements={[{ type: ShimmerElementType.line, height: 14 }]} />
        </div>
      </div>
    </div>
  )
}
