import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type CatalogFilter, useCatalogApps } from '../api/app-queries.ts'
import { AppTile } from '../tiles/AppTile.tsx'
import type { Searched } from '../tiles/highlight.ts'
import { nextTile } from '../tiles/move-among-tiles.ts'
import { TileSkeleton } from '../tiles/TileSkeletons.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import styles from './CatalogGrid.module.css'
import { gapPx, useGridShape } from './use-grid-shape.ts'

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
  const rows = useWindowVirtualizer({
    count: Math.ceil(total / columns),
    estimateSize: () => rowPx,
    overscan: rowsAhead,
    scrollMargin: topPx,
    scrollPaddingStart: barPx + gapPx,
    scrollPaddingEnd: gapPx,
    // What has the focus stays, or the focus would be lost.
    rangeExtractor: (range) => withRow(range, focusedPlace(grid.current), columns),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights that it has measured are those of before
  useLayoutEffect(() => rows.measure(), [rowPx])

  const shown = rows.getVirtualItems()
  const placesOf = (row: number) =>
    Array.from({ length: Math.min(columns, total - row * columns) }, (_, i) => row * columns + i)
  const { appAt, failed } = useCatalogApps(
    filter,
    shown.flatMap(({ index }) => placesOf(index)),
  )

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
    rows.scrollToIndex(Math.floor(next / columns), { align: 'auto' })
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
        style={{ height: rows.getTotalSize() - (total > 0 ? gapPx : 0) }}
        onKeyDown={move}
      >
        {shown.map((row) => (
          <div
            key={row.key}
            role="presentation"
            className={styles.row}
            style={{
              transform: `translateY(${row.start - topPx}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {placesOf(row.index).map((place) => {
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

function withRow(range: Range, place: number | null, columns: number): number[] {
  const rows = defaultRangeExtractor(range)
  const row = place === null ? undefined : Math.floor(place / columns)
  if (row === undefined || row >= range.count || rows.includes(row)) return rows
  return [...rows, row].sort((a, b) => a - b)
}
