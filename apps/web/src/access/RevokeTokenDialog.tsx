import type { ApiToken } from '@wave-store/contract'
import { useRevokeToken } from '../api/access-queries.ts'
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
    showToast({ kind: 'success', text: `The token ${token.name} is revoked.` })
    onDismiss()
  }

  return (
    <ConfirmDialog
      title={`Revoke ${token.name}?`}
      confirmLabel="Revoke"
      isPending={revocation.isPending}
      error={revocation.error}
      onConfirm={revoke}
      onDismiss={onDismiss}
    >
      <p>Whatever uses this token is refused from now on. It cannot be brought back; a new one can be made.</p>
    </ConfirmDialog>
  )
}
