import type { App } from '@wave-store/contract'
import type { ReactNode } from 'react'
import { AppTile } from './AppTile.tsx'
import type { Searched } from './highlight.ts'
import { moveAmongTiles } from './move-among-tiles.ts'
import styles from './TileGrid.module.css'

interface TileGridProps {
  apps: App[]
  /** What to mark in them. Default: nothing. */
  searched?: Searched
  /** They are those of before, until the new ones are there. */
  isOutdated?: boolean
  /** Before the tiles. */
  children?: ReactNode
}

const nothing: Searched = { words: [], alike: [] }

export function TileGrid({ apps, searched = nothing, isOutdated = false, children }: TileGridProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are a short cut among links that Tab reaches
    <div className={`${styles.grid} ${isOutdated ? styles.outdated : ''}`} onKeyDown={moveAmongTiles}>
      {children}
      {apps.map((app) => (
        <AppTile key={app.id} app={app} searched={searched} />
      ))}
    </div>
  )
}
