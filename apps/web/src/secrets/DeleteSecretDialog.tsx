import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dialog, DialogFooter, DialogType } from '@fluentui/react/lib/Dialog'
import type { Secret } from '@wave-store/contract'
import { useDeleteSecret } from '../api/secret-queries.ts'
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
    showToast({ kind: 'success', text: `The secret ${secret.name} is deleted.` })
    onDismiss()
  }

  if (secret.useCount > 0) return <StillUsedDialog secret={secret} onDismiss={onDismiss} />
  return (
    <ConfirmDialog
      title={`Delete the secret ${secret.name}?`}
      confirmLabel="Delete secret"
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={remove}
      onDismiss={onDismiss}
    >
      <p>No app uses it. Its values cannot be had back.</p>
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
        title: `${secret.name} is in use`,
        closeButtonAriaLabel: 'Close',
      }}
      minWidth="min(480px, calc(100vw - 32px))"
      maxWidth="min(480px, calc(100vw - 32px))"
    >
      <p>
        {formatCount(secret.useCount, 'app')} {secret.useCount === 1 ? 'uses' : 'use'} it. Delete what uses it first:
      </p>
      <AppsUsing secret={secret} />
      <DialogFooter>
        <DefaultButton onClick={onDismiss}>Close</DefaultButton>
      </DialogFooter>
    </Dialog>
  )
}
