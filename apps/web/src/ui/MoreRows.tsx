import { DefaultButton } from '@fluentui/react/lib/Button'
import { t } from '../i18n/t.ts'
import { formatCount, formatNumber } from './format.ts'
import styles from './MoreRows.module.css'

interface MoreRowsProps {
  query: {
    data: { pages: { items: unknown[]; total: number }[] } | undefined
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
  }
  /** What a row is: “app”. */
  noun: string
  /** What several are; default: the noun with an s. */
  nouns?: string
}

/** Under a list of which not everything is there yet: how much is, and a button for more. */
export function MoreRows({ query, noun, nouns }: MoreRowsProps) {
  if (!query.hasNextPage || !query.data) return null
  const { pages } = query.data
  const shown = pages.reduce((sum, { items }) => sum + items.length, 0)
  return (
    <div className={styles.more}>
      <span>
        {t('{shown} of {count}', {
          shown: formatNumber(shown),
          count: formatCount(pages.at(-1)?.total ?? 0, noun, nouns),
        })}
      </span>
      <DefaultButton disabled={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {t('Show more')}
      </DefaultButton>
    </div>
  )
}
