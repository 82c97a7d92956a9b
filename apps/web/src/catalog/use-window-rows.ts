import { useCallback, useSyncExternalStore } from 'react'

interface Rows {
  count: number
  /** Of each, with the gap below. */
  rowPx: number
  /** Of the first one, from the top of the page. */
  topPx: number
  /** Of a bar that stays at the top of the window. */
  barPx: number
  /** How many above and below the window count as seen. */
  ahead: number
}

/** Which of many rows of one height are to be seen as the page is scrolled now, and a way to one of them. */
export function useWindowRows(rows: Rows): { first: number; last: number; scrollTo: (row: number) => void } {
  const seen = useSyncExternalStore(watchWindow, () => rowsSeen(rows).join())
  const [first = 0, last = -1] = seen.split(',').map(Number)
  const { rowPx, topPx, barPx } = rows
  const scrollTo = useCallback(
    (row: number) => {
      const [top, bottom] = [topPx + row * rowPx, topPx + (row + 1) * rowPx]
      if (top < window.scrollY + barPx) window.scrollTo({ top: top - barPx - margin })
      else if (bottom > window.scrollY + window.innerHeight)
        window.scrollTo({ top: bottom - window.innerHeight + margin })
    },
    [rowPx, topPx, barPx],
  )
  return { first, last, scrollTo }
}

const margin = 16

function rowsSeen({ count, rowPx, topPx, ahead }: Rows): [first: number, last: number] {
  const rowAt = (px: number) => Math.floor((px - topPx) / rowPx)
  const first = Math.max(0, rowAt(window.scrollY) - ahead)
  const last = Math.min(count - 1, rowAt(window.scrollY + window.innerHeight) + ahead)
  return [Math.min(first, Math.max(0, last)), last]
}

function watchWindow(onChange: () => void): () => void {
  addEventListener('scroll', onChange, { passive: true })
  addEventListener('resize', onChange)
  return () => {
    removeEventListener('scroll', onChange)
    removeEventListener('resize', onChange)
  }
}
