import type { Alias } from '@wave-store/contract'
import { useDeleteAlias } from '../../api/alias-queries.ts'
import { t } from '../../i18n/t.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useShowToast } from '../../ui/Toasts.tsx'

export function GiveBackDialog({ alias, onDismiss }: { alias: Alias; onDismiss: () => void }) {
  const deletion = useDeleteAlias(alias.name)
  const showToast = useShowToast()

  const giveBack = () =>
    deletion.mutate(undefined, {
      onSuccess: () => {
        showToast({ kind: 'success', text: t('The name {name} is given back.', { name: alias.name }) })
        onDismiss()
      },
    })

  return (
    <ConfirmDialog
      title={t('Give back the name {name}?', { name: alias.name })}
      confirmLabel={t('Give back')}
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={giveBack}
      onDismiss={onDismiss}
    >
      <p>
        {t(
          'Its links lead nowhere any more, and anybody may take the name for an instance of theirs. This instance stays.',
        )}
      </p>
    </ConfirmDialog>
  )
}
