import { Icon } from '@fluentui/react/lib/Icon'
import { urlOf } from '@wave-store/client'
import { type Instance, operations } from '@wave-store/contract'
import { useEffect, useRef, useState } from 'react'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { formatCount } from '../../ui/format.ts'
import { LogStatus } from './LogStatus.tsx'
import { LogToolbar } from './LogToolbar.tsx'
import { LogView, type LogViewHandle } from './LogView.tsx'
import styles from './LogViewer.module.css'
import type { LogSnapshot } from './log-buffer.ts'
import type { LogSource } from './read-log-stream.ts'
import { useLog } from './use-log.ts'
import { useSearch } from './use-search.ts'

const lineCountOf = ({ lines, droppedCount }: LogSnapshot) => lines.length + droppedCount

/** What an instance writes, live. Scrolling up stops the following, “new lines” goes on with it; pausing freezes the view. */
export function LogViewer({ instance }: { instance: Instance }) {
  const [process, setProcess] = useState<LogSource['process']>('current')
  const log = useLog({
    instanceId: instance.id,
    process,
    follow: process === 'current' && instance.status !== 'FAILED',
    run: instance.startedAt,
  })
  const [frozen, setFrozen] = useState<LogSnapshot | null>(null)
  const snapshot = frozen ?? log.snapshot
  const search = useSearch(snapshot)
  const view = useRef<LogViewHandle>(null)
  /** How many lines there were when the reader left the end; null: still there. */
  const [leftAt, setLeftAt] = useState<number | null>(null)
  const newCount = leftAt === null ? 0 : Math.max(0, lineCountOf(snapshot) - leftAt)

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another search goes to its first match, new lines do not
  useEffect(() => {
    if (search.current !== undefined) view.current?.scrollToLine(search.current)
  }, [search.text])

  function follow(isAtEnd: boolean) {
    setLeftAt((current) => (isAtEnd ? null : (current ?? lineCountOf(snapshot))))
  }

  function step(by: 1 | -1) {
    const line = search.step(by)
    if (line !== undefined) view.current?.scrollToLine(line)
  }

  return (
    <>
      <LogToolbar
        process={process}
        onProcess={(next) => {
          setProcess(next)
          setFrozen(null)
          setLeftAt(null)
        }}
        searched={search.text}
        matchCount={search.matches.length}
        matchPosition={search.position}
        onSearch={search.search}
        onStep={step}
        isPaused={frozen !== null}
        onPause={(isPaused) => setFrozen(isPaused ? log.snapshot : null)}
        download={{
          href: urlOf(operations.readLogs, { params: { instanceId: instance.id }, query: { process } }),
          fileName: `${instance.app.name}-${instance.app.version}-${instance.id.slice(0, 8)}.log`,
        }}
      />
      {log.state.kind === 'refused' && <ErrorMessage error={log.state.error} />}
      <div className={styles.frame}>
        <LogView
          ref={view}
          label={`Log of ${instance.app.title}`}
          snapshot={snapshot}
          isFollowing={leftAt === null}
          searched={search.text.toLowerCase()}
          currentLine={search.current}
          onFollow={follow}
        />
        {newCount > 0 && (
          <button type="button" className={styles.pill} onClick={() => view.current?.scrollToEnd()}>
            <Icon iconName="Down" aria-hidden="true" /> {formatCount(newCount, 'new line')}
          </button>
        )}
      </div>
      <LogStatus
        state={log.state}
        snapshot={snapshot}
        waitingCount={frozen ? lineCountOf(log.snapshot) - lineCountOf(frozen) : null}
      />
    </>
  )
}
