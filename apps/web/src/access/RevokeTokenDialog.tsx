import type { ApiToken } from '@wave-store/contract'
import { useRevokeToken } from '../api/access-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useShowToast } from '../ui/Toasts.tsx'

export function RevokeTokenDialog({ token, onDismiss }: { token: ApiToken; onDismiss: () => void }) {
  const revocation = useRevokeToken()
  const showToast = useShowToast()

  async function revoke() {
    try {
      await revocation.mutateAsync(token.id)
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('The token {name} is revoked.', { name: token.name }) })
    onDismiss()
  }

  return (
    <ConfirmDialog
      title={t('Revoke {name}?', { name: token.name })}
      confirmLabel={t('Revoke')}
      isPending={revocation.isPending}
      error={revocation.error}
      onConfirm={revoke}
      onDismiss={onDismiss}
    >
      <p>{t('Whatever uses this token is refused from now on. It cannot be brought back; a new one can be made.')}</p>
    </ConfirmDialog>
  )
}
