import type { KeyboardEvent } from 'react'

const links = 'article h2 a'

/** In a grid of tiles the arrow keys go from one to the next, Home and End to the first and the last. */
export function moveAmongTiles(event: KeyboardEvent<HTMLElement>): void {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>(links)]
  const current = tiles.indexOf(document.activeElement as HTMLElement)
  if (current === -1 || event.altKey || event.ctrlKey || event.metaKey) return
  const next = nextTile(event.key, current, tiles)
  if (!next) return
  event.preventDefault()
  next.focus()
}

function nextTile(key: string, current: number, tiles: HTMLElement[]): HTMLElement | undefined {
  const across = columnsOf(tiles)
  const isRightToLeft = document.dir === 'rtl'
  const steps: Record<string, number> = {
    ArrowRight: isRightToLeft ? -1 : 1,
    ArrowLeft: isRightToLeft ? 1 : -1,
    ArrowDown: across,
    ArrowUp: -across,
    Home: -current,
    End: tiles.length - 1 - current,
  }
  const step = steps[key]
  return step === undefined ? undefined : tiles[current + step]
}

/** How many stand in the first row. */
function columnsOf(tiles: HTMLElement[]): number {
  const topOf = (tile: HTMLElement | undefined) => tile?.closest('article')?.getBoundingClientRect().top
  const first = topOf(tiles[0])
  const below = tiles.findIndex((tile) => topOf(tile) !== first)
  return below === -1 ? tiles.length : below
}
