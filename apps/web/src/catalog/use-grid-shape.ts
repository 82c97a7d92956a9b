import { type RefObject, useLayoutEffect, useState } from 'react'

/** Between tiles. */
export const gapPx = 16
/** How narrow a tile becomes before there is one less in a row. */
const tileMinPx = 280

export interface GridShape {
  columns: number
  /** Of a row, with the gap below. */
  rowPx: number
  /** From the top of the page. */
  topPx: number
  /** Of the bar that stays at the top of the window. */
  barPx: number
}

/** How tiles stand in the grid; found anew whenever the width of the window or what is above the grid changes. */
export function useGridShape(grid: RefObject<HTMLElement | null>): GridShape {
  const [shape, setShape] = useState<GridShape>({ columns: 1, rowPx: 240, topPx: 0, barPx: 0 })
  useLayoutEffect(() => {
    const element = grid.current
    if (!element) return
    const measure = () =>
      setShape((before) => {
        const now = shapeOf(element)
        return Object.entries(now).every(([name, value]) => before[name as keyof GridShape] === value) ? before : now
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    // What is above it grows and shrinks with the words of a filter.
    for (let above = element.previousElementSibling; above; above = above.previousElementSibling)
      observer.observe(above)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [grid])
  return shape
}

function shapeOf(element: HTMLElement): GridShape {
  const style = getComputedStyle(element)
  const lengthOf = (name: string) => Number.parseFloat(style.getPropertyValue(name))
  const { top, width } = element.getBoundingClientRect()
  return {
    columns: Math.max(1, Math.floor((width + gapPx) / (tileMinPx + gapPx))),
    rowPx: lengthOf('--tile-height') + gapPx,
    topPx: Math.round(top + window.scrollY),
    barPx: lengthOf('--bar-height'),
  }
}
