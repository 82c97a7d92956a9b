import type { Secret } from '@wave-store/contract'
import { useCreateSecret } from '../api/secret-queries.ts'
import { t } from '../i18n/t.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import { SecretForm } from './SecretForm.tsx'
import { emptySecret, type SecretDraft, secretOf } from './secret-draft.ts'

interface NewSecretPanelProps {
  kind: Secret['kind']
  /** What an app asks for. */
  asked?: { name: string; keys: string[] } | undefined
  onDismiss: () => void
}

export function NewSecretPanel({ kind, asked, onDismiss }: NewSecretPanelProps) {
  const creation = useCreateSecret()
  const showToast = useShowToast()

  async function create(draft: SecretDraft) {
    try {
      const { name } = await creation.mutateAsync(secretOf(draft))
      showToast({ kind: 'success', text: t('The secret {name} is kept. Apps get it at their next start.', { name }) })
    } catch {
      return
    }
    onDismiss()
  }

  return (
    <FormPanel
      title={kind === 'shared' ? t('New shared secret') : t('New secret')}
      isPending={creation.isPending}
      onDismiss={onDismiss}
    >
      <SecretForm
        initial={emptySecret(kind, asked)}
        isNew
        submitLabel={t('Keep secret')}
        isPending={creation.isPending}
        error={creation.error}
        onSubmit={create}
        onCancel={onDismiss}
      />
    </FormPanel>
  )
}
