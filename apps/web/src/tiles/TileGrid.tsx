import type { App } from '@wave-store/contract'
import type { ReactNode } from 'react'
import { AppTile } from './AppTile.tsx'
import { moveAmongTiles } from './move-among-tiles.ts'
import styles from './TileGrid.module.css'

interface TileGridProps {
  apps: App[]
  /** Before the tiles. */
  children?: ReactNode
}

/** A few tiles, all of which are there. */
export function TileGrid({ apps, children }: TileGridProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are a short cut among links that Tab reaches
    <div className={styles.grid} onKeyDown={moveAmongTiles}>
      {children}
      {apps.map((app) => (
        <AppTile key={app.id} app={app} />
      ))}
    </div>
  )
}
