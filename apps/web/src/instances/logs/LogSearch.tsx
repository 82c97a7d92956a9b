import { IconButton } from '@fluentui/react/lib/Button'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { t } from '../../i18n/t.ts'
import { formatNumber } from '../../ui/format.ts'
import styles from './LogToolbar.module.css'

export interface LogSearchProps {
  searched: string
  matchCount: number
  /** From 0; -1 without a match. */
  matchPosition: number
  onSearch: (text: string) => void
  /** To the next match, or the one before. */
  onStep: (by: 1 | -1) => void
}

/** Enter goes to the next match, Shift and Enter to the one before. */
export function LogSearch({ searched, matchCount, matchPosition, onSearch, onStep }: LogSearchProps) {
  return (
    <div className={styles.search}>
      <SearchBox
        clearButtonProps={{ ariaLabel: t('Clear text') }}
        className={styles.box}
        placeholder={t('Search the log')}
        ariaLabel={t('Search the log')}
        value={searched}
        autoComplete="off"
        onChange={(_, text) => onSearch(text ?? '')}
        onKeyDownCapture={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
        }}
      />
      {searched && (
        <>
          <span className={styles.count} role="status">
            {matchCount === 0
              ? t('Not found')
              : t('{position} of {count} lines', {
                  position: formatNumber(matchPosition + 1),
                  count: formatNumber(matchCount),
                })}
          </span>
          <IconButton
            iconProps={{ iconName: 'ChevronUp' }}
            ariaLabel={t('Previous match')}
            disabled={matchCount === 0}
            onClick={() => onStep(-1)}
          />
          <IconButton
            iconProps={{ iconName: 'ChevronDown' }}
            ariaLabel={t('Next match')}
            disabled={matchCount === 0}
            onClick={() => onStep(1)}
          />
        </>
      )}
    </div>
  )
}
