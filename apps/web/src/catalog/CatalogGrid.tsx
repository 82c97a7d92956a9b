import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type CatalogFilter, useCatalogApps } from '../api/app-queries.ts'
import { AppTile } from '../tiles/AppTile.tsx'
import type { Searched } from '../tiles/highlight.ts'
import { nextTile } from '../tiles/move-among-tiles.ts'
import { TileSkeleton } from '../tiles/TileSkeletons.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import styles from './CatalogGrid.module.css'
import { gapPx, useGridShape } from './use-grid-shape.ts'
import { useWindowRows } from './use-window-rows.ts'

interface CatalogGridProps {
  filter: CatalogFilter
  /** How many apps there are. */
  total: number
  searched: Searched
  /** They are those of before, until the new ones are there. */
  isOutdated: boolean
}

/** Rows above and below the window that are there before they are scrolled to. */
const rowsAhead = 3

/** All tiles of the Catalog, of which only those near the window are there, and fetched. */
export function CatalogGrid({ filter, total, searched, isOutdated }: CatalogGridProps) {
  const grid = useRef<HTMLDivElement>(null)
  const { columns, rowPx, topPx, barPx } = useGridShape(grid)
  const count = Math.ceil(total / columns)
  const { first, last, scrollTo } = useWindowRows({ count, rowPx, topPx, barPx, ahead: rowsAhead })
  // What has the focus stays, or the focus would be lost.
  const focusedRow = Math.floor((focusedPlace(grid.current) ?? -columns) / columns)
  const shown = rowsWith(first, last, focusedRow < count ? focusedRow : -1)
  const placesOf = (row: number) =>
    Array.from({ length: Math.min(columns, total - row * columns) }, (_, i) => row * columns + i)
  const { appAt, failed } = useCatalogApps(filter, shown.flatMap(placesOf))

  const [wanted, setWanted] = useState<number | null>(null)
  useEffect(() => {
    if (wanted === null) return
    const link = grid.current?.querySelector<HTMLElement>(`[data-place="${wanted}"] h2 a`)
    if (!link) return
    link.focus({ preventScroll: true })
    setWanted(null)
  })

  function move(event: KeyboardEvent<HTMLElement>) {
    const current = wanted ?? focusedPlace(grid.current)
    if (current === null || !(event.target as HTMLElement).matches('h2 a')) return
    const next = nextTile(event, { current, count: total, columns })
    if (next === null) return
    event.preventDefault()
    scrollTo(Math.floor(next / columns))
    setWanted(next)
  }

  return (
    <>
      {failed && <QueryError query={failed} />}
      {/* biome-ignore lint/a11y/useSemanticElements: rows of it stand where they belong, which items of a list cannot */}
      <div
        ref={grid}
        role="list"
        className={`${styles.grid} ${isOutdated ? styles.outdated : ''}`}
        style={{ height: Math.max(0, count * rowPx - gapPx) }}
        onKeyDown={move}
      >
        {shown.map((row) => (
          <div
            key={row}
            role="presentation"
            className={styles.row}
            style={{
              transform: `translateY(${row * rowPx}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {placesOf(row).map((place) => {
              const app = appAt(place)
              return (
                // biome-ignore lint/a11y/useSemanticElements: see the list
                <div
                  key={app?.id ?? place}
                  role="listitem"
                  aria-posinset={place + 1}
                  aria-setsize={total}
                  data-place={place}
                >
                  {app ? <AppTile app={app} searched={searched} /> : <TileSkeleton />}
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </>
  )
}

/** At which place stands what has the focus; null: outside of the grid. */
function focusedPlace(grid: HTMLElement | null): number | null {
  const focused = document.activeElement
  const place = grid?.contains(focused) && focused?.closest<HTMLElement>('[data-place]')?.dataset.place
  return place ? Number(place) : null
}

/** From the first to the last, and one more, in order. */
function rowsWith(first: number, last: number, other: number): number[] {
  const rows = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  if (other < 0 || (other >= first && other <= last)) return rows
  return other < first ? [other, ...rows] : [...rows, other]
}
