import { Icon } from '@fluentui/react/lib/Icon'
import type { ProblemItem } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import styles from './ProblemList.module.css'
import { problemPlace } from './problem-place.ts'

const looks = {
  error: { word: t('Refused'), iconName: 'ErrorBadge', className: styles.error },
  warning: { word: t('Warning'), iconName: 'Warning', className: styles.warning },
} as const

/** Every problem of a bundle, refusals first, each with its place. */
export function ProblemList({ problems }: { problems: ProblemItem[] }) {
  const refusals = problems.filter((problem) => problem.severity === 'error')
  const warnings = problems.filter((problem) => problem.severity === 'warning')
  return (
    <ul className={styles.list} aria-label={t('Problems')}>
      {[...refusals, ...warnings].map((problem) => {
        const { word, iconName, className } = looks[problem.severity]
        const place = problemPlace(problem.place)
        return (
          <li key={`${problem.code} ${place} ${problem.message}`} className={className}>
            <Icon iconName={iconName} className={styles.icon} aria-hidden="true" />
            <div>
              <p className={styles.message}>
                <strong>{word}:</strong> {problem.message}
              </p>
              {place && <p className={styles.place}>{place}</p>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
