import { StoreError } from '@wave-store/client'
import { useEffect, useState } from 'react'
import { LogBuffer, type LogSnapshot } from './log-buffer.ts'
import { type LogSource, readLogStream } from './read-log-stream.ts'

export type LogState = { kind: 'loading' | 'live' | 'ended' | 'away' } | { kind: 'refused'; error: Error }

export interface Log {
  snapshot: LogSnapshot
  state: LogState
}

/** How often the page takes in what has arrived, in milliseconds. */
const showEveryMs = 100
const reconnectAfterMs = 2_000

const nothing: Log = { snapshot: { lines: [], droppedCount: 0 }, state: { kind: 'loading' } }

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

function isPassing(error: unknown): boolean {
  return error instanceof StoreError && ['unreachable', 'unavailable', 'internal'].includes(error.code)
}

/** Reads on where a lost connection stopped, until the log is complete, refused or no longer wanted. */
async function follow(
  source: Omit<LogSource, 'offset'>,
  report: { text: (text: string) => void; state: (state: LogState) => void },
  signal: AbortSignal,
): Promise<void> {
  const decoder = new TextDecoder()
  let offset = 0
  const onBytes = (bytes: Uint8Array) => {
    offset += bytes.byteLength
    report.text(decoder.decode(bytes, { stream: true }))
    report.state({ kind: source.follow ? 'live' : 'loading' })
  }
  while (!signal.aborted) {
    try {
      await readLogStream({ ...source, offset }, onBytes, signal)
      report.state({ kind: 'ended' })
      if (!source.follow) return
    } catch (error) {
      if (signal.aborted) return
      if (!isPassing(error)) return report.state({ kind: 'refused', error: error as Error })
      report.state({ kind: 'away' })
    }
    await pause(reconnectAfterMs, signal)
  }
}

/** The log of one process of an instance, growing while it is followed. `run` tells one process from the next. */
export function useLog(source: Omit<LogSource, 'offset'> & { run: string }): Log {
  const { instanceId, process, follow: isFollowed, run } = source
  const [log, setLog] = useState<Log>(nothing)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another log at the same address
  useEffect(() => {
    const controller = new AbortController()
    const buffer = new LogBuffer()
    let state: LogState = { kind: 'loading' }
    let timer: ReturnType<typeof setTimeout> | undefined

    function show() {
      timer = undefined
      setLog({ snapshot: buffer.snapshot(), state })
    }
    function showSoon() {
      timer ??= setTimeout(show, showEveryMs)
    }
    setLog(nothing)
    void follow(
      { instanceId, process, follow: isFollowed },
      {
        text: (text) => {
          buffer.append(text)
          showSoon()
        },
        state: (next) => {
          state = next
          showSoon()
        },
      },
      controller.signal,
    )
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [instanceId, process, isFollowed, run])

  return log
}
