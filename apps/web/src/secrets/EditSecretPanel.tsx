import type { Secret } from '@wave-store/contract'
import { useUpdateSecret } from '../api/secret-queries.ts'
import { t } from '../i18n/t.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import form from '../ui/form.module.css'
import { formatCount } from '../ui/format.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import { SecretForm } from './SecretForm.tsx'
import { draftOfSecret, type SecretDraft, secretChanges } from './secret-draft.ts'

interface EditSecretPanelProps {
  secret: Secret
  /** Keys that an app asks for. */
  askedKeys?: string[]
  onDismiss: () => void
}

export function EditSecretPanel({ secret, askedKeys, onDismiss }: EditSecretPanelProps) {
  const update = useUpdateSecret(secret.id)
  const showToast = useShowToast()

  async function save(draft: SecretDraft) {
    try {
      await update.mutateAsync(secretChanges(secret, draft))
    } catch {
      return
    }
    showToast({
      kind: 'success',
      text: t('The secret {name} is saved. Apps get it at their next start.', { name: secret.name }),
    })
    onDismiss()
  }

  return (
    <FormPanel
      title={t('Edit the secret {name}', { name: secret.name })}
      isPending={update.isPending}
      onDismiss={onDismiss}
    >
      <SecretForm
        initial={draftOfSecret(secret, askedKeys)}
        isNew={false}
        submitLabel={t('Save secret')}
        isPending={update.isPending}
        error={update.error}
        hint={
          secret.useCount > 0 && (
            <p className={form.effect}>
              {t(
                '{useCount} {value} it. Instances that run keep what they were started with; what starts later gets what you save.',
                { useCount: formatCount(secret.useCount, 'app'), value: secret.useCount === 1 ? 'uses' : 'use' },
              )}
            </p>
          )
        }
        onSubmit={save}
        onCancel={onDismiss}
      />
    </FormPanel>
  )
}
