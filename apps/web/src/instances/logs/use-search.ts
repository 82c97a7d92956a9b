import { useDeferredValue, useMemo, useState } from 'react'
import { lowerBound, MatchIndex } from './match-index.ts'
import type { Log } from './use-log.ts'

/** Lines that hold a text, whatever its case, and one of them that is looked at. Lines count from the log's beginning. */
export function useSearch({ snapshot, buffer }: Pick<Log, 'snapshot' | 'buffer'>) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  // Typing goes on while a long log is looked through.
  const text = useDeferredValue(typed)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another buffer holds other lines under the same numbers
  const index = useMemo(() => new MatchIndex(text), [text, buffer])
  const matches = index.of(snapshot)
  const position = matches.length === 0 ? -1 : Math.min(lowerBound(matches, at), matches.length - 1)

  return {
    typed,
    /** What is marked. */
    text,
    matches,
    position,
    /** Number of the line that is looked at. */
    current: matches[position],
    search: (next: string) => {
      setTyped(next)
      setAt(0)
    },
    /** To the next match, or with -1 to the one before, round the ends; the number of its line. */
    step: (by: 1 | -1): number | undefined => {
      if (matches.length === 0) return undefined
      const next = matches[(position + by + matches.length) % matches.length]
      setAt(next ?? 0)
      return next
    },
  }
}
