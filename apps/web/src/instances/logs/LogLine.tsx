import { Fragment, memo } from 'react'
import { segmentsOf } from './ansi.ts'
import styles from './LogLine.module.css'
import { levelOf } from './log-level.ts'

interface LogLineProps {
  line: string
  /** Marked where it occurs; empty: nothing is. */
  searched: string
  isCurrent: boolean
}

function marked(text: string, searched: string) {
  if (!searched) return text
  const lower = text.toLowerCase()
  const parts = []
  let end = 0
  for (let at = lower.indexOf(searched); at !== -1; at = lower.indexOf(searched, end)) {
    parts.push(
      <Fragment key={at}>
        {text.slice(end, at)}
        <mark>{text.slice(at, at + searched.length)}</mark>
      </Fragment>,
    )
    end = at + searched.length
  }
  return [...parts, text.slice(end)]
}

/** One line in its own colours, or where it has none, in that of its level. */
export const LogLine = memo(function LogLine({ line, searched, isCurrent }: LogLineProps) {
  const segments = segmentsOf(line)
  const isColoured = segments.some(({ colour }) => colour)
  const level = isColoured ? undefined : levelOf(line)
  return (
    <div className={`${styles.line} ${level ? styles[level] : ''} ${isCurrent ? styles.current : ''}`}>
      {segments.map((segment, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a line never change
          key={index}
          className={`${segment.colour ? styles[segment.colour] : ''} ${segment.isBold ? styles.bold : ''}`}
        >
          {marked(segment.text, searched)}
        </span>
      ))}
    </div>
  )
})
