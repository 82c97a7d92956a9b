import type { ProblemItem } from '@wave-store/contract'

/** Where a problem stands, from the file to the key: `app.toml, line 12, [Runtime] VolumeSize`; empty: the whole bundle. */
export function problemPlace({ entry, table, key, line, column }: ProblemItem['place']): string {
  const position = line === undefined ? undefined : `line ${line}${column === undefined ? '' : `:${column}`}`
  const name = [table && `[${table}]`, key].filter(Boolean).join(' ')
  return [entry, position, name].filter(Boolean).join(', ')
}
