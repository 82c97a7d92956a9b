import type { Instance } from '@wave-store/contract'
import { useSuspendInstance } from '../api/instance-queries.ts'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useShowToast } from '../ui/Toasts.tsx'
import { describePause } from '../ui/what-stays.ts'

/** Says what a pause leaves and takes before it begins. */
export function SuspendDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const { title } = instance.app
  const { stays, goes } = describePause(instance)
  const showToast = useShowToast()
  const suspension = useSuspendInstance(instance.id)
  return (
    <ConfirmDialog
      title={t('Pause {title}?', { title })}
      confirmLabel={t('Pause')}
      isPending={suspension.isPending}
      error={suspension.error}
      onConfirm={() =>
        suspension.mutate(undefined, {
          onSuccess: () => {
            showToast({ kind: 'info', text: t('{title} goes to sleep. A visit at its address wakes it.', { title }) })
            onClose()
          },
        })
      }
      onDismiss={onClose}
    >
      <p>
        {t(
          'Its processes end, and it uses neither memory nor CPU. Whoever may open it wakes it by visiting its address.',
        )}
      </p>
      <p>
        <strong>{goes}</strong>
      </p>
      <p>{stays}</p>
    </ConfirmDialog>
  )
}
