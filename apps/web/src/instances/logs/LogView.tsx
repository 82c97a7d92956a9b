import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { LogLine } from './LogLine.tsx'
import styles from './LogView.module.css'
import type { LogSnapshot } from './log-buffer.ts'

const lineHeightPx = 20
/** Of the monospace type, about; wrapped lines are measured once they are in view. */
const charWidthPx = 8
const spareLines = 20
/** Nearer to the end than this counts as being there. */
const endPx = 30
const mostMeasured = 20_000

export interface LogViewHandle {
  scrollToEnd: () => void
  /** Brings a line into view, by its number from the log's beginning. */
  scrollToLine: (line: number) => void
}

interface LogViewProps {
  label: string
  snapshot: LogSnapshot
  searched: string
  currentLine: number | undefined
  wraps: boolean
  /** Tells whether the reader is at the end, whenever they scroll. */
  onFollow: (isAtEnd: boolean) => void
  ref: Ref<LogViewHandle>
}

/** Lines of a log of any length: only those in view are in the page. At the end it follows, elsewhere what is read stands still. */
export function LogView({ label, snapshot, searched, currentLine, wraps, onFollow, ref }: LogViewProps) {
  const { lines, droppedCount } = snapshot
  const box = useRef<HTMLElement>(null)
  const columns = Math.max(20, ((box.current?.clientWidth ?? 800) - 32) / charWidthPx)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => droppedCount + index,
    estimateSize: (index) =>
      wraps ? lineHeightPx * Math.max(1, Math.ceil((lines[index]?.length ?? 0) / columns)) : lineHeightPx,
    overscan: spareLines,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endPx,
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that were measured hold for one way of breaking lines
  useEffect(() => virtualizer.measure(), [wraps, virtualizer])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights of lines that were dropped are kept as well
  useEffect(() => {
    if (virtualizer.itemSizeCache.size > mostMeasured) virtualizer.measure()
  }, [virtualizer, droppedCount])

  useImperativeHandle(ref, () => ({
    scrollToEnd: () => virtualizer.scrollToEnd(),
    scrollToLine: (line) => virtualizer.scrollToIndex(line - droppedCount, { align: 'center' }),
  }))

  function onScroll() {
    const element = box.current
    if (element) onFollow(element.scrollHeight - element.scrollTop - element.clientHeight < endPx)
  }

  const items = virtualizer.getVirtualItems()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse
    <section ref={box} className={styles.view} aria-label={label} tabIndex={0} onScroll={onScroll}>
      <div className={wraps ? styles.wrapped : styles.content} style={{ height: virtualizer.getTotalSize() }}>
        <div className={wraps ? styles.wrapped : styles.content} style={{ top: items[0]?.start ?? 0 }}>
          {items.map(({ key, index }) => (
            <div key={String(key)} data-index={index} ref={wraps ? virtualizer.measureElement : undefined}>
              <LogLine line={lines[index] ?? ''} searched={searched} isCurrent={key === currentLine} wraps={wraps} />
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}
