import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dropdown } from '@fluentui/react/lib/Dropdown'
import { t } from '../../i18n/t.ts'
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
  { key: 'current', text: t('Current process') },
  { key: 'previous', text: t('Previous process') },
]

const sources: { key: LogSource['source']; text: string }[] = [
  { key: 'all', text: t('All lines') },
  { key: 'app', text: t('App only') },
  { key: 'wave', text: t('Wave server only') },
]

export function LogToolbar(props: LogToolbarProps) {
  const { process, source, isPaused, wraps, download } = props
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('Log')}>
      <Dropdown
        className={styles.choice}
        ariaLabel={t('Process')}
        options={processes}
        selectedKey={process}
        onChange={(_, option) => props.onProcess(processes.find(({ key }) => key === option?.key)?.key ?? 'current')}
      />
      <Dropdown
        className={styles.choice}
        ariaLabel={t('Whose lines')}
        options={sources}
        selectedKey={source}
        onChange={(_, option) => props.onSource(sources.find(({ key }) => key === option?.key)?.key ?? 'all')}
      />
      <LogSearch {...props} />
      <DefaultButton
        iconProps={{ iconName: 'ReturnKey' }}
        toggle
        checked={wraps}
        text={t('Wrap')}
        onClick={() => props.onWrap(!wraps)}
      />
      <DefaultButton
        iconProps={{ iconName: isPaused ? 'Play' : 'Pause' }}
        text={isPaused ? t('Go on') : t('Pause')}
        onClick={() => props.onPause(!isPaused)}
      />
      <DefaultButton
        iconProps={{ iconName: 'Download' }}
        text={t('Download')}
        href={download.href}
        download={download.fileName}
      />
    </div>
  )
}
