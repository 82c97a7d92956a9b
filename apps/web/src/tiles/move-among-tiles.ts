import type { KeyboardEvent } from 'react'

const links = 'article h2 a'

/**
 * In a grid of tiles the arrow keys go from one to the next, Home and End to the first and the last.
 *
 * @returns which tile is the next, or null when the key leads to none
 */
export function nextTile(
  event: KeyboardEvent<HTMLElement>,
  { current, count, columns }: { current: number; count: number; columns: number },
): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  const ahead = document.dir === 'rtl' ? -1 : 1
  const steps: Record<string, number> = {
    ArrowRight: ahead,
    ArrowLeft: -ahead,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -current,
    End: count - 1 - current,
  }
  const next = current + (steps[event.key] ?? Number.NaN)
  return next >= 0 && next < count ? next : null
}

/** In a grid that holds all its tiles. */
export function moveAmongTiles(event: KeyboardEvent<HTMLElement>): void {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>(links)]
  const current = tiles.indexOf(document.activeElement as HTMLElement)
  if (current === -1) return
  const next = nextTile(event, { current, count: tiles.length, columns: columnsOf(tiles) })
  if (next === null) return
  event.preventDefault()
  tiles[next]!.focus()
}

/** How many stand in the first row. */
function columnsOf(tiles: HTMLElement[]): number {
  const topOf = (tile: HTMLElement | undefined) => tile?.closest('article')?.getBoundingClientRect().top
  const first = topOf(tiles[0])
  const below = tiles.findIndex((tile) => topOf(tile) !== first)
  return below === -1 ? tiles.length : below
}
