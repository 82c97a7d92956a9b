import { IconButton } from '@fluentui/react/lib/Button'
import type { Account } from '@wave-store/contract'
import { useUpdateAccount } from '../api/account-queries.ts'
import { t } from '../i18n/t.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import table from '../ui/table.module.css'

/** What opens a panel or a dialog. */
export type AccountAction = 'edit' | 'disable' | 'reset'

interface AccountActionsProps {
  account: Account
  onBegin: (action: AccountAction) => void
}

export function AccountActions({ account, onBegin }: AccountActionsProps) {
  const { name, isDisabled, can } = account
  const update = useUpdateAccount(account.id)
  const showToast = useShowToast()

  function enable() {
    update.mutate(
      { isDisabled: false },
      {
        onSuccess: () => showToast({ kind: 'success', text: t('{name} can sign in again.', { name }) }),
        onError: (error) => showToast({ kind: 'error', text: error.message }),
      },
    )
  }

  return (
    <div className={table.actions}>
      {can.update && (
        <IconButton
          iconProps={{ iconName: 'Edit' }}
          title={t('Edit')}
          ariaLabel={t('Edit {name}', { name })}
          onClick={() => onBegin('edit')}
        />
      )}
      {/* Whoever resets their own is signed out before they could read the new one. */}
      {can.update && can.disable && !isDisabled && (
        <IconButton
          iconProps={{ iconName: 'PasswordField' }}
          title={t('Reset password')}
          ariaLabel={t('Reset password of {name}', { name })}
          onClick={() => onBegin('reset')}
        />
      )}
      {/* One button for both, so that it keeps the focus. */}
      {can.disable && (
        <IconButton
          iconProps={{ iconName: isDisabled ? 'Unlock' : 'Blocked' }}
          title={isDisabled ? t('Enable') : t('Disable')}
          ariaLabel={t('{act} {name}', { act: isDisabled ? t('Enable') : t('Disable'), name })}
          disabled={update.isPending}
          allowDisabledFocus
          onClick={isDisabled ? enable : () => onBegin('disable')}
        />
      )}
    </div>
  )
}
