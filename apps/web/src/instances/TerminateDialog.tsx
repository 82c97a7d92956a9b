import type { Instance } from '@wave-store/contract'
import { useTerminateInstance } from '../api/instance-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import { list, ownDataOf } from '../ui/what-stays.ts'

interface TerminateDialogProps {
  instance: Instance
  onClose: () => void
  onTerminated?: () => void
}

/** Names what ends and what is lost; with data of its own, the app's title has to be typed. */
export function TerminateDialog({ instance, onClose, onTerminated }: TerminateDialogProps) {
  const { app } = instance
  const own = ownDataOf(instance)
  const showToast = useShowToast()
  const termination = useTerminateInstance(instance.id)

  async function terminate() {
    try {
      await termination.mutateAsync()
    } catch {
      return
    }
    showToast({
      kind: 'success',
      text: t('{title} {version} is terminated.', { title: app.title, version: app.version }),
    })
    onClose()
    onTerminated?.()
  }

  return (
    <ConfirmDialog
      title={t('Terminate {title} {version}?', { title: app.title, version: app.version })}
      confirmLabel={t('Terminate')}
      typeToConfirm={own.length > 0 ? app.title : undefined}
      isPending={termination.isPending}
      error={termination.error}
      onConfirm={terminate}
      onDismiss={onClose}
    >
      <p>{t('The instance ends for good, and its address and logs go with it. Whoever has it open is cut off.')}</p>
      {own.length > 0 && (
        <p>
          <strong>{t('Lost with everything on it: {list}.', { list: list(own) })}</strong>
        </p>
      )}
    </ConfirmDialog>
  )
}
