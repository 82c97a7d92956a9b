import { Shimmer, ShimmerElementsGroup, ShimmerElementType } from '@fluentui/react/lib/Shimmer'
import styles from './AppTile.module.css'

const places = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

function TileShape() {
  return (
    <ShimmerElementsGroup
      flexWrap
      width="100%"
      shimmerElements={[
        { type: ShimmerElementType.line, height: 48, width: '20%' },
        { type: ShimmerElementType.gap, height: 48, width: '5%' },
        { type: ShimmerElementType.line, height: 18, width: '75%' },
        { type: ShimmerElementType.gap, height: 16, width: '100%' },
        { type: ShimmerElementType.line, height: 12, width: '100%' },
        { type: ShimmerElementType.gap, height: 10, width: '100%' },
        { type: ShimmerElementType.line, height: 12, width: '70%' },
        { type: ShimmerElementType.gap, height: 32, width: '30%' },
      ]}
    />
  )
}

/** Tiles to be, while the first page of apps is on its way. */
export function TileSkeletons() {
  return places.map((place) => (
    <div key={place} className={styles.tile} aria-hidden="true">
      <Shimmer customElementsGroup={<TileShape />} />
    </div>
  ))
}
