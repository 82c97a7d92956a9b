import type { Alias } from '@wave-store/contract'
import { useDeleteAlias } from '../../api/alias-queries.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useShowToast } from '../../ui/Toasts.tsx'

export function GiveBackDialog({ alias, onDismiss }: { alias: Alias; onDismiss: () => void }) {
  const deletion = useDeleteAlias(alias.name)
  const showToast = useShowToast()

  const giveBack = () =>
    deletion.mutate(undefined, {
      onSuccess: () => {
        showToast({ kind: 'success', text: `The name ${alias.name} is given back.` })
        onDismiss()
      },
    })

  return (
    <ConfirmDialog
      title={`Give back the name ${alias.name}?`}
      confirmLabel="Give back"
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={giveBack}
      onDismiss={onDismiss}
    >
      <p>
        Its links lead nowhere any more, and anybody may take the name for an instance of theirs. This instance stays.
      </p>
    </ConfirmDialog>
  )
}
