import { PrimaryButton } from '@fluentui/react/lib/Button'
import type { Visibility } from '@wave-store/contract'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { ErrorMessage } from './ErrorMessage.tsx'
import { VisibilityChoice, type VisibilityTexts } from './VisibilityChoice.tsx'
import styles from './VisibilityForm.module.css'

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
      <VisibilityChoice offered={shown} chosen={chosen} texts={texts} onChoose={setDraft} />
      {chosen !== current && (
        <p className={styles.effect} role="status">
          <strong>{t('When you save:')}</strong> {texts[chosen].effect(current)}
        </p>
      )}
      {error && <ErrorMessage error={error} />}
      <div>
        <PrimaryButton type="submit" disabled={chosen === current || isPending}>
          {t('Save visibility')}
        </PrimaryButton>
      </div>
    </form>
  )
}
