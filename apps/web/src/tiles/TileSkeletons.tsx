import { Shimmer, ShimmerElementType } from '@fluentui/react/lib/Shimmer'
import styles from './AppTile.module.css'

const places = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Tiles to be, while the first page of apps is on its way. */
export function TileSkeletons() {
  return places.map((place) => (
    <div key={place} className={styles.tile} aria-hidden="true">
      <Shimmer
        shimmerElements={[
          { type: ShimmerElementType.line, height: 48, width: 48 },
          { type: ShimmerElementType.gap, height: 48, width: 14 },
          { type: ShimmerElementType.line, height: 18 },
        ]}
      />
      <Shimmer shimmerElements={[{ type: ShimmerElementType.line, height: 12 }]} />
      <Shimmer width="65%" shimmerElements={[{ type: ShimmerElementType.line, height: 12 }]} />
    </div>
  ))
}
