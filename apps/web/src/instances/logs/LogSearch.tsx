import { IconButton } from '@fluentui/react/lib/Button'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
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
        className={styles.box}
        placeholder="Search the log"
        ariaLabel="Search the log"
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
              ? 'Not found'
              : `${(matchPosition + 1).toLocaleString('en')} of ${matchCount.toLocaleString('en')} lines`}
          </span>
          <IconButton
            iconProps={{ iconName: 'ChevronUp' }}
            ariaLabel="Previous match"
            disabled={matchCount === 0}
            onClick={() => onStep(-1)}
          />
          <IconButton
            iconProps={{ iconName: 'ChevronDown' }}
            ariaLabel="Next match"
            disabled={matchCount === 0}
            onClick={() => onStep(1)}
          />
        </>
      )}
    </div>
  )
}
