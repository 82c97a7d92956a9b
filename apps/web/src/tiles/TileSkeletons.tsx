import styles from './AppTile.module.css'

const places = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Tiles to be, while the first page of apps is on its way. */
export function TileSkeletons() {
  return places.map((place) => <TileSkeleton key={place} />)
}

/** A tile whose app is on its way. */
export function TileSkeleton() {
  return (
    <div className={`${styles.tile} ${styles.skeleton}`} aria-hidden="true">
      <div className={styles.head}>
        <span />
        <span />
      </div>
      <span />
      <span />
    </div>
  )
}
