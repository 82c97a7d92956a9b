import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useCreateToken } from '../api/access-queries.ts'
import { t } from '../i18n/t.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import form from '../ui/form.module.css'
import { formProblems } from '../ui/form-problems.ts'
import { TokenForm } from './TokenForm.tsx'
import { TokenSecret } from './TokenSecret.tsx'

/** Asks for a token, then shows its secret until the panel is closed. */
export function NewTokenPanel({ onDismiss }: { onDismiss: () => void }) {
  const creation = useCreateToken()
  return (
    <FormPanel
      title={creation.data ? t('Your new token') : t('New API token')}
      isPending={creation.isPending}
      onDismiss={onDismiss}
    >
      {creation.data ? (
        <>
          <TokenSecret {...creation.data} />
          <div className={form.actions}>
            <PrimaryButton onClick={onDismiss}>{t('Done')}</PrimaryButton>
          </div>
        </>
      ) : (
        <TokenForm
          isPending={creation.isPending}
          problems={formProblems(creation.error, {
            fields: ['name', 'scopes', 'expiresInDays'],
            body: creation.variables,
          })}
          onSubmit={(token) => creation.mutate(token)}
          onCancel={onDismiss}
        />
      )}
    </FormPanel>
  )
}
