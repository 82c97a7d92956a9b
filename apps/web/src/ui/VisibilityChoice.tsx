import { Icon } from '@fluentui/react/lib/Icon'
import type { Visibility } from '@wave-store/contract'
import { useId } from 'react'
import { t } from '../i18n/t.ts'
import styles from './VisibilityChoice.module.css'
import { describeVisibility } from './visibility.ts'

/** Who may do what under a visibility, and what choosing it instead of another changes at once, and for whom. */
export type VisibilityTexts = Record<Visibility, { sentence: string; effect: (before: Visibility) => string }>

interface VisibilityChoiceProps {
  offered: readonly Visibility[]
  chosen: Visibility
  texts: Record<Visibility, { sentence: string }>
  onChoose: (visibility: Visibility) => void
}

/** Cards, each with what its visibility means. */
export function VisibilityChoice({ offered, chosen, texts, onChoose }: VisibilityChoiceProps) {
  const groupName = useId()
  return (
    <fieldset className={styles.cards}>
      <legend className="visually-hidden">{t('Visibility')}</legend>
      {offered.map((visibility) => {
        const { label, iconName } = describeVisibility(visibility)
        return (
          <label key={visibility} className={styles.card}>
            <input
              type="radio"
              name={groupName}
              value={visibility}
              checked={visibility === chosen}
              onChange={() => onChoose(visibility)}
            />
            <Icon iconName={iconName} className={styles.icon} aria-hidden="true" />
            <span className={styles.words}>
              <span className={styles.label}>{label}</span>
              <span className={styles.sentence}>{texts[visibility].sentence}</span>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
