import type { Instance } from '@wave-store/contract'
import { useTerminateInstance } from '../api/instance-queries.ts'
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
    showToast({ kind: 'success', text: `${app.title} ${app.version} is terminated.` })
    onClose()
    onTerminated?.()
  }

  return (
    <ConfirmDialog
      title={`Terminate ${app.title} ${app.version}?`}
      confirmLabel="Terminate"
      typeToConfirm={own.length > 0 ? app.title : undefined}
      isPending={termination.isPending}
      error={termination.error}
      onConfirm={terminate}
      onDismiss={onClose}
    >
      <p>The instance ends for good, and its address and logs go with it. Whoever has it open is cut off.</p>
      {own.length > 0 && (
        <p>
          <strong>Lost with everything on it: {list(own)}.</strong>
        </p>
      )}
    </ConfirmDialog>
  )
}
