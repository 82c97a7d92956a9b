import type { ReactNode } from 'react'
import { t } from '../i18n/t.ts'
import styles from './table.module.css'

interface TableProps {
  /** What the table is called, to who does not see it. */
  label: string
  columns: string[]
  /** Whether a last column holds each row's actions. */
  hasActions?: boolean
  /** The rows. */
  children: ReactNode
}

/** On narrow screens each row is a card; a cell names itself by `data-label`. */
export function Table({ label, columns, hasActions = false, children }: TableProps) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          {hasActions && (
            <th scope="col">
              <span className="visually-hidden">{t('Actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}
