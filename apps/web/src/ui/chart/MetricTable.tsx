import type { MetricPoint } from '@wave-store/contract'
import { useState } from 'react'
import { t } from '../../i18n/t.ts'
import { formatBytes, formatNumber, formatTime } from '../format.ts'
import styles from './MetricTable.module.css'

/** The numbers behind the charts, newest first, on demand. */
export function MetricTable({ points }: { points: MetricPoint[] }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={styles.details} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('As a table')}</summary>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse
        <section className={styles.scroll} aria-label={t('Metrics as a table')} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                {['From', 'CPU, thousandths of a core', 'Memory', 'Requests', 'Open WebSockets'].map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map(({ at, cpuMillis, memoryBytes, requests, sockets }) => (
                <tr key={at}>
                  <th scope="row">{formatTime(at)}</th>
                  <td>{formatNumber(Math.round(cpuMillis))}</td>
                  <td>{formatBytes(memoryBytes)}</td>
                  <td>{formatNumber(requests)}</td>
                  <td>{formatNumber(sockets)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </details>
  )
}
