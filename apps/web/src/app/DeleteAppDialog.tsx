import type { AppDetails } from '@wave-store/contract'
import { useNavigate } from 'react-router'
import { useDeleteApp } from '../api/app-queries.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { formatBytes } from '../ui/format.ts'
import { useShowToast } from '../ui/Toasts.tsx'

export function DeleteAppDialog({ app, onDismiss }: { app: AppDetails; onDismiss: () => void }) {
  const navigate = useNavigate()
  const showToast = useShowToast()
  const deletion = useDeleteApp(app.id)

  return (
    <ConfirmDialog
      title={`Delete ${app.title} ${app.version}?`}
      confirmLabel="Delete app"
      isPending={deletion.isPending}
      error={deletion.error}
      onDismiss={onDismiss}
      onConfirm={() =>
        deletion.mutate(undefined, {
          onSuccess: () => {
            showToast({ kind: 'success', text: `${app.title} ${app.version} is deleted.` })
            navigate('/my-apps', { replace: true })
          },
        })
      }
    >
      <p>
        Its bundle ({formatBytes(app.bundle.sizeBytes)}), description and screenshots are lost for good. The same
        version can be imported again.
      </p>
    </ConfirmDialog>
  )
}
