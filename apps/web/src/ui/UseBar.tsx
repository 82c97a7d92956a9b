import { t } from '../i18n/t.ts'
import { formatBytes } from './format.ts'
import styles from './UseBar.module.css'

interface UseBarProps {
  /** What is used, such as `Memory`. */
  label: string
  usedBytes: number
  limitBytes: number
}

/** Above this share there is little left. */
const nearlyFull = 0.9

/** How much is used of what there is, as a bar and in words. */
export function UseBar({ label, usedBytes, limitBytes }: UseBarProps) {
  const share = limitBytes > 0 ? Math.min(1, usedBytes / limitBytes) : 0
  const words = `${formatBytes(usedBytes)} of ${formatBytes(limitBytes)}`
  return (
    <div className={styles.use} title={t('{label}: {words}', { label, words })}>
      <span className={styles.words}>
        <span className="visually-hidden">{label}: </span>
        {words}
      </span>
      <span className={styles.track} aria-hidden="true">
        <span
          className={share > nearlyFull ? styles.nearlyFull : styles.used}
          style={{ width: `${(share * 100).toFixed(1)}%` }}
        />
      </span>
    </div>
  )
}
