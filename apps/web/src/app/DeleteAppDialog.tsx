import type { AppDetails } from '@wave-store/contract'
import { useNavigate } from 'react-router'
import { useDeleteApp } from '../api/app-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { formatBytes } from '../ui/format.ts'
import { useShowToast } from '../ui/Toasts.tsx'

export function DeleteAppDialog({ app, onDismiss }: { app: AppDetails; onDismiss: () => void }) {
  const navigate = useNavigate()
  const showToast = useShowToast()
  const deletion = useDeleteApp(app.id)

  return (
    <ConfirmDialog
      title={t('Delete {title} {version}?', { title: app.title, version: app.version })}
      confirmLabel={t('Delete app')}
      isPending={deletion.isPending}
      error={deletion.error}
      onDismiss={onDismiss}
      onConfirm={() =>
        deletion.mutate(undefined, {
          onSuccess: () => {
            showToast({
              kind: 'success',
              text: t('{title} {version} is deleted.', { title: app.title, version: app.version }),
            })
            navigate('/my-apps', { replace: true })
          },
        })
      }
    >
      <p>
        {t(
          'Its bundle ({sizeBytes}), description and screenshots are lost for good. The same version can be imported again.',
          { sizeBytes: formatBytes(app.bundle.sizeBytes) },
        )}
      </p>
    </ConfirmDialog>
  )
}
