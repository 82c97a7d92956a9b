import { useEndAllSessions } from '../api/access-queries.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

export function SignOutEverywhereDialog({ onDismiss }: { onDismiss: () => void }) {
  const ending = useEndAllSessions()
  return (
    <ConfirmDialog
      title="Sign out everywhere?"
      confirmLabel="Sign out everywhere"
      isPending={ending.isPending}
      error={ending.error}
      onConfirm={() => ending.mutate(undefined, { onSuccess: () => location.assign('/signed-out') })}
      onDismiss={onDismiss}
    >
      <p>You are signed out at once here, in every other browser and on every command line; open apps are cut off.</p>
      <p>API tokens stay good until you revoke them. Your instances go on running.</p>
    </ConfirmDialog>
  )
}
