import { Icon } from '@fluentui/react/lib/Icon'
import { urlOf } from '@wave-store/client'
import { type Instance, operations } from '@wave-store/contract'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { ErrorMessage } from '../../ui/ErrorMessage.tsx'
import { formatCount } from '../../ui/format.ts'
import { LogStatus } from './LogStatus.tsx'
import { LogToolbar } from './LogToolbar.tsx'
import { LogView, type LogViewHandle } from './LogView.tsx'
import styles from './LogViewer.module.css'
import type { LogSnapshot } from './log-buffer.ts'
import type { LogSource } from './read-log-stream.ts'
import { type Log, useLog } from './use-log.ts'
import { useSearch } from './use-search.ts'

const lineCountOf = ({ lines, droppedCount }: LogSnapshot) => lines.length + droppedCount

/** One process of an instance; before it begins, the runtime still has the log of the one before. */
function runOf({ startedAt, restarts, phase }: Instance): string {
  return [startedAt, restarts, phase === 'queued'].join()
}

function fileNameOf({ app, id }: Instance, { process, source }: Pick<LogSource, 'process' | 'source'>): string {
  const parts = [app.name, app.version, id.slice(0, 8), source !== 'all' && source, process !== 'current' && process]
  return `${parts.filter(Boolean).join('-')}.log`
}

/** What an instance writes, live. Scrolling up stops the following, “new lines” goes on with it; pausing freezes the view. */
export function LogViewer({ instance }: { instance: Instance }) {
  const [process, setProcess] = useState<LogSource['process']>('current')
  const [source, setSource] = useState<LogSource['source']>('all')
  const [wraps, setWraps] = useState(false)
  const log = useLog({
    instanceId: instance.id,
    process,
    source,
    follow: process === 'current' && (instance.status === 'PENDING' || instance.status === 'DEPLOYED'),
    run: runOf(instance),
  })
  const [frozen, setFrozen] = useState<Log | null>(null)
  const shown = frozen ?? log
  const { snapshot } = shown
  const search = useSearch(shown)
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

  function readFromEnd() {
    setFrozen(null)
    setLeftAt(null)
  }

  const which = { process, source }
  return (
    <>
      <LogToolbar
        process={process}
        onProcess={(next) => {
          setProcess(next)
          readFromEnd()
        }}
        source={source}
        onSource={(next) => {
          setSource(next)
          readFromEnd()
        }}
        wraps={wraps}
        onWrap={setWraps}
        searched={search.typed}
        matchCount={search.matches.length}
        matchPosition={search.position}
        onSearch={search.search}
        onStep={step}
        isPaused={frozen !== null}
        onPause={(isPaused) => setFrozen(isPaused ? log : null)}
        download={{
          href: urlOf(operations.readLogs, { params: { instanceId: instance.id }, query: which }),
          fileName: fileNameOf(instance, which),
        }}
      />
      {log.state.kind === 'refused' && <ErrorMessage error={log.state.error} />}
      <div className={styles.frame}>
        <LogView
          ref={view}
          label={t('Log of {appTitle}', { appTitle: instance.app.title })}
          snapshot={snapshot}
          wraps={wraps}
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
        waitingCount={frozen ? lineCountOf(log.snapshot) - lineCountOf(frozen.snapshot) : null}
      />
    </>
  )
}
