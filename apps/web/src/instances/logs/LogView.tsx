import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { LogLine } from './LogLine.tsx'
import styles from './LogView.module.css'
import type { LogSnapshot } from './log-buffer.ts'

const lineHeightPx = 20
const spareLines = 30
/** Nearer to the end than this counts as being there. */
const endPx = 30

export interface LogViewHandle {
  scrollToEnd: () => void
  /** Brings a line into view, by its number from the log's beginning. */
  scrollToLine: (line: number) => void
}

interface LogViewProps {
  label: string
  snapshot: LogSnapshot
  isFollowing: boolean
  searched: string
  currentLine: number | undefined
  /** Tells whether the reader is at the end, whenever that changes. */
  onFollow: (isAtEnd: boolean) => void
  ref: Ref<LogViewHandle>
}

/** Lines of a log of any length: only those in view are in the page. */
export function LogView({ label, snapshot, isFollowing, searched, currentLine, onFollow, ref }: LogViewProps) {
  const { lines, droppedCount } = snapshot
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ top: 0, height: 600 })
  const shownDropped = useRef(droppedCount)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setPlace({ top: element.scrollTop, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // What is read must stand still while lines are dropped above it, and the end must stay in view while it is followed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines are a longer content
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    if (isFollowing) element.scrollTop = element.scrollHeight
    else element.scrollTop -= (droppedCount - shownDropped.current) * lineHeightPx
    shownDropped.current = droppedCount
  }, [lines.length, droppedCount, isFollowing])

  useImperativeHandle(ref, () => ({
    scrollToEnd: () => box.current?.scrollTo({ top: box.current.scrollHeight }),
    scrollToLine: (line) => {
      const element = box.current
      element?.scrollTo({ top: (line - shownDropped.current) * lineHeightPx - element.clientHeight / 2 })
    },
  }))

  function onScroll() {
    const element = box.current
    if (!element) return
    setPlace({ top: element.scrollTop, height: element.clientHeight })
    onFollow(element.scrollHeight - element.scrollTop - element.clientHeight < endPx)
  }

  const first = Math.max(0, Math.floor(place.top / lineHeightPx) - spareLines)
  const end = Math.min(lines.length, Math.ceil((place.top + place.height) / lineHeightPx) + spareLines)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse
    <section ref={box} className={styles.view} aria-label={label} tabIndex={0} onScroll={onScroll}>
      <div className={styles.content} style={{ height: lines.length * lineHeightPx }}>
        <div className={styles.visible} style={{ top: first * lineHeightPx }}>
          {lines.slice(first, end).map((line, index) => {
            const number = droppedCount + first + index
            return <LogLine key={number} line={line} searched={searched} isCurrent={number === currentLine} />
          })}
        </div>
      </div>
    </section>
  )
}
