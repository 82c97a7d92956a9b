import { DefaultButton, IconButton } from '@fluentui/react/lib/Button'
import { Dropdown } from '@fluentui/react/lib/Dropdown'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
import styles from './LogToolbar.module.css'
import type { LogSource } from './read-log-stream.ts'

export interface LogToolbarProps {
  process: LogSource['process']
  onProcess: (process: LogSource['process']) => void
  searched: string
  matchCount: number
  /** From 0; -1 without a match. */
  matchPosition: number
  onSearch: (text: string) => void
  onStep: (by: 1 | -1) => void
  isPaused: boolean
  onPause: (isPaused: boolean) => void
  download: { href: string; fileName: string }
}

const processes = [
  { key: 'current', text: 'Current process' },
  { key: 'previous', text: 'Previous process' },
] as const

export function LogToolbar(props: LogToolbarProps) {
  const { process, searched, matchCount, matchPosition, isPaused, download } = props
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Log">
      <Dropdown
        className={styles.process}
        ariaLabel="Process"
        options={[...processes]}
        selectedKey={process}
        onChange={(_, option) => props.onProcess(option?.key === 'previous' ? 'previous' : 'current')}
      />
      <div className={styles.search}>
        <SearchBox
          className={styles.box}
          placeholder="Search the log"
          ariaLabel="Search the log"
          value={searched}
          autoComplete="off"
          onChange={(_, text) => props.onSearch(text ?? '')}
          onSearch={() => props.onStep(1)}
        />
        {searched && (
          <>
            <span className={styles.count} role="status">
              {matchCount === 0
                ? 'Not found'
                : `${(matchPosition + 1).toLocaleString('en')} of ${matchCount.toLocaleString('en')}`}
            </span>
            <IconButton
              iconProps={{ iconName: 'ChevronUp' }}
              ariaLabel="Previous match"
              disabled={matchCount === 0}
              onClick={() => props.onStep(-1)}
            />
            <IconButton
              iconProps={{ iconName: 'ChevronDown' }}
              ariaLabel="Next match"
              disabled={matchCount === 0}
              onClick={() => props.onStep(1)}
            />
          </>
        )}
      </div>
      <DefaultButton
        iconProps={{ iconName: isPaused ? 'Play' : 'Pause' }}
        text={isPaused ? 'Go on' : 'Pause'}
        onClick={() => props.onPause(!isPaused)}
      />
      <DefaultButton
        iconProps={{ iconName: 'Download' }}
        text="Download"
        href={download.href}
        download={download.fileName}
      />
    </div>
  )
}
