import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dropdown } from '@fluentui/react/lib/Dropdown'
import { LogSearch, type LogSearchProps } from './LogSearch.tsx'
import styles from './LogToolbar.module.css'
import type { LogSource } from './read-log-stream.ts'

export interface LogToolbarProps extends LogSearchProps {
  process: LogSource['process']
  onProcess: (process: LogSource['process']) => void
  source: LogSource['source']
  onSource: (source: LogSource['source']) => void
  isPaused: boolean
  onPause: (isPaused: boolean) => void
  wraps: boolean
  onWrap: (wraps: boolean) => void
  download: { href: string; fileName: string }
}

const processes: { key: LogSource['process']; text: string }[] = [
  { key: 'current', text: 'Current process' },
  { key: 'previous', text: 'Previous process' },
]

const sources: { key: LogSource['source']; text: string }[] = [
  { key: 'all', text: 'All lines' },
  { key: 'app', text: 'App only' },
  { key: 'wave', text: 'Wave server only' },
]

export function LogToolbar(props: LogToolbarProps) {
  const { process, source, isPaused, wraps, download } = props
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Log">
      <Dropdown
        className={styles.choice}
        ariaLabel="Process"
        options={processes}
        selectedKey={process}
        onChange={(_, option) => props.onProcess(processes.find(({ key }) => key === option?.key)?.key ?? 'current')}
      />
      <Dropdown
        className={styles.choice}
        ariaLabel="Whose lines"
        options={sources}
        selectedKey={source}
        onChange={(_, option) => props.onSource(sources.find(({ key }) => key === option?.key)?.key ?? 'all')}
      />
      <LogSearch {...props} />
      <DefaultButton
        iconProps={{ iconName: 'ReturnKey' }}
        toggle
        checked={wraps}
        text="Wrap"
        onClick={() => props.onWrap(!wraps)}
      />
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
