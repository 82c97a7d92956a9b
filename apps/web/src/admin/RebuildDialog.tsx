import type { Environment } from '@wave-store/contract'
import { useRebuildEnvironment } from '../api/environment-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useShowToast } from '../ui/Toasts.tsx'

export function RebuildDialog({ environment, onDismiss }: { environment: Environment; onDismiss: () => void }) {
  const rebuilding = useRebuildEnvironment()
  const showToast = useShowToast()

  async function rebuild() {
    try {
      await rebuilding.mutateAsync(environment.key)
    } catch {
      return
    }
    showToast({ kind: 'success', text: t('The next start that needs the environment builds it anew.') })
    onDismiss()
  }

  return (
    <ConfirmDialog
      title={t('Build {slice} anew?', { slice: environment.key.slice(0, 12) })}
      confirmLabel={t('Build anew')}
      isPending={rebuilding.isPending}
      error={rebuilding.error}
      onConfirm={rebuild}
      onDismiss={onDismiss}
    >
      <p>
        {t(
          'The next start that needs it installs its packages again, which takes longer than usual and may choose newer versions of what is not pinned. Instances that run in it keep it until they end.',
        )}
      </p>
    </ConfirmDialog>
  )
}
