import { useEffect, useMemo, useState } from 'react'
import { usePageIsWatched } from '../../api/page-is-watched.ts'
import type { LogBuffer, LogSnapshot } from './log-buffer.ts'
import { LogReader, type LogState } from './log-reader.ts'
import type { LogSource } from './read-log-stream.ts'

export interface Log {
  snapshot: LogSnapshot
  /** Another one when the log was read anew: numbers of its lines before mean nothing then. */
  buffer: LogBuffer | null
  state: LogState
}

/** How often the page takes in what has arrived, in milliseconds. */
const showEveryMs = 100

const nothing: Log = { snapshot: { lines: [], droppedCount: 0 }, buffer: null, state: { kind: 'loading' } }

/** The log of one process of an instance, growing while it is followed. `run` tells one process from the next. */
export function useLog({ instanceId, process, source, follow, run }: Omit<LogSource, 'offset'> & { run: string }): Log {
  const isWatched = usePageIsWatched()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another log at the same address
  const reader = useMemo(() => new LogReader({ instanceId, process, source }), [instanceId, process, source, run])
  const [shown, setShown] = useState<{ reader: LogReader; log: Log } | null>(null)

  useEffect(() => {
    if (follow && !isWatched) return
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    function show() {
      timer = undefined
      const { buffer, state } = reader
      setShown({ reader, log: { snapshot: buffer.snapshot(), buffer, state } })
    }
    void reader.read(follow, () => (timer ??= setTimeout(show, showEveryMs)), controller.signal)
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [reader, follow, isWatched])

  return shown?.reader === reader ? shown.log : nothing
}
