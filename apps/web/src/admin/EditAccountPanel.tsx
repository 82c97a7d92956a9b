import type { Account } from '@wave-store/contract'
import { useUpdateAccount } from '../api/account-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { FormPanel } from '../ui/FormPanel.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import { AccountForm } from './AccountForm.tsx'
import { type AccountDraft, accountProblems, draftOf, rolesOf } from './account-draft.ts'

export function EditAccountPanel({ account, onDismiss }: { account: Account; onDismiss: () => void }) {
  const { adminRole } = useSession().settings
  const update = useUpdateAccount(account.id)
  const showToast = useShowToast()

  async function save(draft: AccountDraft) {
    try {
      await update.mutateAsync({ name: draft.name, email: draft.email, roles: rolesOf(draft, adminRole) })
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('The account of {name} is saved.', { name: draft.name }) })
    onDismiss()
  }

  return (
    <FormPanel title={t('Edit {name}', { name: account.name })} isPending={update.isPending} onDismiss={onDismiss}>
      <AccountForm
        edited={account}
        initial={draftOf(account, adminRole)}
        submitLabel={t('Save account')}
        isPending={update.isPending}
        problems={accountProblems(update.error, update.variables)}
        onSubmit={save}
        onCancel={onDismiss}
      />
    </FormPanel>
  )
}
