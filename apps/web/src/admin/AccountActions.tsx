import { IconButton } from '@fluentui/react/lib/Button'
import type { Account } from '@wave-store/contract'
import { useUpdateAccount } from '../api/account-queries.ts'
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
        onSuccess: () => showToast({ kind: 'success', text: `${name} can sign in again.` }),
        onError: (error) => showToast({ kind: 'error', text: error.message }),
      },
    )
  }

  return (
    <div className={table.actions}>
      {can.update && (
        <IconButton
          iconProps={{ iconName: 'Edit' }}
          title="Edit"
          ariaLabel={`Edit ${name}`}
          onClick={() => onBegin('edit')}
        />
      )}
      {/* Whoever resets their own is signed out before they could read the new one. */}
      {can.update && can.disable && !isDisabled && (
        <IconButton
          iconProps={{ iconName: 'PasswordField' }}
          title="Reset password"
          ariaLabel={`Reset password of ${name}`}
          onClick={() => onBegin('reset')}
        />
      )}
      {/* One button for both, so that it keeps the focus. */}
      {can.disable && (
        <IconButton
          iconProps={{ iconName: isDisabled ? 'Unlock' : 'Blocked' }}
          title={isDisabled ? 'Enable' : 'Disable'}
          ariaLabel={`${isDisabled ? 'Enable' : 'Disable'} ${name}`}
          disabled={update.isPending}
          allowDisabledFocus
          onClick={isDisabled ? enable : () => onBegin('disable')}
        />
      )}
    </div>
  )
}
