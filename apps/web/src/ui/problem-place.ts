import type { ProblemItem } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

/** Where a problem stands, from the file to the key: `app.toml, line 12, [Runtime] VolumeSize`; empty: the whole bundle. */
export function problemPlace({ entry, table, key, line, column }: ProblemItem['place']): string {
  const position =
    line === undefined
      ? undefined
      : t('line {line}{column}', { line, column: column === undefined ? '' : `:${column}` })
  const name = [table && `[${table}]`, key].filter(Boolean).join(' ')
  return [entry, position, name].filter(Boolean).join(', ')
}
