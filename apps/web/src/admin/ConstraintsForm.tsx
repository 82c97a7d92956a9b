import { DefaultButton, PrimaryButton } from '@fluentui/react/lib/Button'
import { TextField } from '@fluentui/react/lib/TextField'
import { StoreError } from '@wave-store/client'
import type { Constraints } from '@wave-store/contract'
import { useState } from 'react'
import { useUpdateConstraints } from '../api/environment-queries.ts'
import { t } from '../i18n/t.ts'
import { ErrorMessage } from '../ui/ErrorMessage.tsx'
import { formatTime } from '../ui/format.ts'
import { ProblemList } from '../ui/ProblemList.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import styles from './ConstraintsForm.module.css'

export function ConstraintsForm({ constraints }: { constraints: Constraints }) {
  const [text, setText] = useState(constraints.text)
  const update = useUpdateConstraints()
  const showToast = useShowToast()
  const problems = update.error instanceof StoreError ? update.error.problems : []

  async function save(next: string | null) {
    try {
      await update.mutateAsync(next)
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('The constraints hold for what is built from now on.') })
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save(text)
      }}
    >
      <TextField
        label={t('Constraints file')}
        description={
          constraints.updatedAt
            ? t('Edited {updatedAt}.', { updatedAt: formatTime(constraints.updatedAt) })
            : t('The platform’s own, which nobody has edited.')
        }
        multiline
        autoAdjustHeight
        rows={8}
        spellCheck={false}
        className={styles.text}
        value={text}
        onChange={(_, next) => setText(next ?? '')}
      />
      {problems.length > 0 ? (
        <ProblemList problems={problems} />
      ) : (
        update.error && <ErrorMessage error={update.error} />
      )}
      <div className={styles.actions}>
        <PrimaryButton type="submit" disabled={update.isPending || text === constraints.text}>
          {t('Save constraints')}
        </PrimaryButton>
        {!constraints.isDefault && (
          <DefaultButton disabled={update.isPending} onClick={() => void save(null)}>
            {t('Back to the platform’s own')}
          </DefaultButton>
        )}
      </div>
    </form>
  )
}
