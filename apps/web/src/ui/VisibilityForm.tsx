import { PrimaryButton } from '@fluentui/react/lib/Button'
import { Icon } from '@fluentui/react/lib/Icon'
import type { Visibility } from '@wave-store/contract'
import { useId, useState } from 'react'
import { ErrorMessage } from './ErrorMessage.tsx'
import styles from './VisibilityForm.module.css'
import { describeVisibility } from './visibility.ts'

/** Who may do what under a visibility, and what choosing it instead of another changes at once, and for whom. */
export type VisibilityTexts = Record<Visibility, { sentence: string; effect: (before: Visibility) => string }>

interface VisibilityFormProps {
  current: Visibility
  /** Chosen when the form opens; without it, the current one. */
  proposed?: Visibility
  allowed: readonly Visibility[]
  texts: VisibilityTexts
  isPending: boolean
  error: Error | null
  onSave: (visibility: Visibility) => void
}

/** A choice of cards. What was chosen and not yet saved outlives a refetch of the current one. */
export function VisibilityForm({ current, proposed, allowed, texts, isPending, error, onSave }: VisibilityFormProps) {
  const groupName = useId()
  const [draft, setDraft] = useState<Visibility | null>(proposed ?? null)
  const chosen = draft ?? current
  const shown = allowed.includes(current) ? allowed : [...allowed, current]

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onSave(chosen)
      }}
    >
      <fieldset className={styles.cards}>
        <legend className="visually-hidden">Visibility</legend>
        {shown.map((visibility) => {
          const { label, iconName } = describeVisibility(visibility)
          return (
            <label key={visibility} className={styles.card}>
              <input
                type="radio"
                name={groupName}
                value={visibility}
                checked={visibility === chosen}
                onChange={() => setDraft(visibility)}
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
      {chosen !== current && (
        <p className={styles.effect} role="status">
          <strong>When you save:</strong> {texts[chosen].effect(current)}
        </p>
      )}
      {error && <ErrorMessage error={error} />}
      <div>
        <PrimaryButton type="submit" disabled={chosen === current || isPending}>
          Save visibility
        </PrimaryButton>
      </div>
    </form>
  )
}
