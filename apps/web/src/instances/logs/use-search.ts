import { useMemo, useState } from 'react'
import { plainText } from './ansi.ts'
import type { LogSnapshot } from './log-buffer.ts'

/** Lines that hold a text, whatever its case, and one of them that is looked at. Lines count from the log's beginning. */
export function useSearch({ lines, droppedCount }: LogSnapshot) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)

  const matches = useMemo(() => {
    const wanted = text.toLowerCase()
    if (!wanted) return []
    return lines.flatMap((line, index) =>
      plainText(line).toLowerCase().includes(wanted) ? [index + droppedCount] : [],
    )
  }, [lines, droppedCount, text])

  const position = matches.length === 0 ? -1 : Math.min(at, matches.length - 1)
  return {
    text,
    matches,
    position,
    /** Number of the line that is looked at. */
    current: matches[position],
    search: (next: string) => {
      setText(next)
      setAt(0)
    },
    /** To the next match, or with -1 to the one before, round the ends; the number of its line. */
    step: (by: 1 | -1): number | undefined => {
      if (matches.length === 0) return undefined
      const next = (position + by + matches.length) % matches.length
      setAt(next)
      return matches[next]
    },
  }
}
