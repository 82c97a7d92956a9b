import { t } from '../../i18n/t.ts'
import { formatCount, formatNumber } from '../../ui/format.ts'
import styles from './LogStatus.module.css'
import type { LogSnapshot } from './log-buffer.ts'
import type { LogState } from './log-reader.ts'

interface LogStatusProps {
  state: LogState
  snapshot: LogSnapshot
  /** Lines that arrived since the view was paused; null: it is not. */
  waitingCount: number | null
}

function stateText(kind: LogState['kind']): string {
  switch (kind) {
    case 'loading':
      return t('Reading')
    case 'live':
      return t('Live')
    case 'ended':
      return t('Complete')
    case 'away':
      return t('Connection lost, trying again')
    case 'refused':
      return t('Not readable')
  }
}

export function LogStatus({ state, snapshot, waitingCount }: LogStatusProps) {
  const { lines, droppedCount } = snapshot
  const isLive = state.kind === 'live' && waitingCount === null
  return (
    <p className={styles.status}>
      <span className={isLive ? styles.live : styles.still} aria-hidden="true" />
      {waitingCount === null
        ? stateText(state.kind)
        : t('Paused, {waitingCount} waiting', { waitingCount: formatCount(waitingCount, 'line') })}
      {' · '}
      {lines.length === 0 && state.kind !== 'loading' ? t('nothing was written') : formatCount(lines.length, 'line')}
      {droppedCount > 0 &&
        t(' are kept here, the {dropped} before them are in the download', {
          dropped: formatNumber(droppedCount),
        })}
    </p>
  )
}
