import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dialog, DialogFooter, DialogType } from '@fluentui/react/lib/Dialog'
import type { Secret } from '@wave-store/contract'
import { useDeleteSecret } from '../api/secret-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { formatCount } from '../ui/format.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import { AppsUsing } from './AppsUsing.tsx'

export function DeleteSecretDialog({ secret, onDismiss }: { secret: Secret; onDismiss: () => void }) {
  const deletion = useDeleteSecret(secret.id)
  const showToast = useShowToast()

  async function remove() {
    try {
      await deletion.mutateAsync()
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('The secret {name} is deleted.', { name: secret.name }) })
    onDismiss()
  }

  if (secret.useCount > 0) return <StillUsedDialog secret={secret} onDismiss={onDismiss} />
  return (
    <ConfirmDialog
      title={t('Delete the secret {name}?', { name: secret.name })}
      confirmLabel={t('Delete secret')}
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={remove}
      onDismiss={onDismiss}
    >
      <p>{t('No app uses it. Its values cannot be had back.')}</p>
    </ConfirmDialog>
  )
}

function StillUsedDialog({ secret, onDismiss }: { secret: Secret; onDismiss: () => void }) {
  return (
    <Dialog
      hidden={false}
      onDismiss={onDismiss}
      dialogContentProps={{
        type: DialogType.normal,
        title: t('{name} is in use', { name: secret.name }),
        closeButtonAriaLabel: t('Close'),
      }}
      minWidth="min(480px, calc(100vw - 32px))"
      maxWidth="min(480px, calc(100vw - 32px))"
    >
      <p>
        {t('{useCount} {use} it. Delete what uses it first:', {
          useCount: formatCount(secret.useCount, 'app'),
          use: secret.useCount === 1 ? 'uses' : 'use',
        })}
      </p>
      <AppsUsing secret={secret} />
      <DialogFooter>
        <DefaultButton onClick={onDismiss}>{t('Close')}</DefaultButton>
      </DialogFooter>
    </Dialog>
  )
}
