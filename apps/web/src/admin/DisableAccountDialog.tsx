import type { Account } from '@wave-store/contract'
import { useUpdateAccount } from '../api/account-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useShowToast } from '../ui/Toasts.tsx'

export function DisableAccountDialog({ account, onDismiss }: { account: Account; onDismiss: () => void }) {
  const { name, username } = account
  const update = useUpdateAccount(account.id)
  const showToast = useShowToast()

  async function disable() {
    try {
      await update.mutateAsync({ isDisabled: true })
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('{name} is signed out and disabled.', { name }) })
    onDismiss()
  }

  return (
    <ConfirmDialog
      title={t('Disable {name}?', { name })}
      confirmLabel={t('Disable')}
      isPending={update.isPending}
      error={update.error}
      onConfirm={disable}
      onDismiss={onDismiss}
    >
      <p>
        {t(
          '{name} ({username}) is signed out at once, everywhere, and cannot sign in until you enable the account again.',
          { name, username },
        )}
      </p>
      <p>{t('Their instances go on running, and their apps stay.')}</p>
    </ConfirmDialog>
  )
}
