import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dialog, DialogFooter, DialogType } from '@fluentui/react/lib/Dialog'
import type { Instance } from '@wave-store/contract'
import { type BulkAction, type BulkResult, useBulk } from '../api/bulk.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { formatCount } from '../ui/format.ts'
import { useShowToast } from '../ui/Toasts.tsx'
import styles from './BulkDialog.module.css'
import { concerned, lossOf } from './bulk-choice.ts'
import { ownDataOf } from './what-stays.ts'

interface BulkDialogProps {
  action: BulkAction
  /** All that are chosen; those that the action is not for are told and left alone. */
  instances: Instance[]
  /** It is done, wholly or in part. */
  onClose: () => void
  onDismiss: () => void
}

const words: Record<BulkAction, { verb: string; what: string; done: string }> = {
  suspend: {
    verb: 'Pause',
    what: 'Their processes end, and what they hold in memory is lost with every file outside their volumes. A visit wakes them.',
    done: 'paused',
  },
  resume: { verb: 'Resume', what: 'They start again, one after the other.', done: 'waking up' },
  terminate: {
    verb: 'Terminate',
    what: 'They end for good, and their addresses and logs go with them.',
    done: 'terminated',
  },
}

/** Asks before one thing is done with several instances, names what each loses, and tells those with which it went wrong. */
export function BulkDialog({ action, instances, onClose, onDismiss }: BulkDialogProps) {
  const { verb, what, done } = words[action]
  const affected = concerned(action, instances)
  const leftAlone = instances.length - affected.length
  const losesData = action === 'terminate' && affected.some((instance) => ownDataOf(instance).length > 0)
  const bulk = useBulk(action)
  const showToast = useShowToast()

  if (bulk.data && bulk.data.failed.length > 0)
    return <FailuresDialog result={bulk.data} done={done} onClose={onClose} />
  return (
    <ConfirmDialog
      title={`${verb} ${formatCount(affected.length, 'instance')}?`}
      confirmLabel={verb}
      typeToConfirm={losesData ? `terminate ${affected.length}` : undefined}
      isPending={bulk.isPending}
      error={bulk.error}
      onConfirm={() =>
        bulk.mutate(affected, {
          onSuccess: (result) => {
            if (result.failed.length > 0) return
            showToast({ kind: 'success', text: `${formatCount(affected.length, 'instance')} ${done}.` })
            onClose()
          },
        })
      }
      onDismiss={onDismiss}
    >
      <p>{what}</p>
      <ul className={styles.list}>
        {affected.map((instance) => (
          <li key={instance.id}>
            <strong dir="auto">
              {instance.app.title} {instance.app.version}
            </strong>
            {action !== 'resume' && ` ${lossOf(action, instance)}`}
          </li>
        ))}
      </ul>
      {leftAlone > 0 && <p>{formatCount(leftAlone, 'other')} of those chosen: nothing to do.</p>}
    </ConfirmDialog>
  )
}

function FailuresDialog({ result, done, onClose }: { result: BulkResult; done: string; onClose: () => void }) {
  const total = result.done.length + result.failed.length
  return (
    <Dialog
      hidden={false}
      onDismiss={onClose}
      dialogContentProps={{
        type: DialogType.normal,
        title: `${result.done.length} of ${total} ${done}`,
        closeButtonAriaLabel: 'Close',
      }}
      minWidth="min(480px, calc(100vw - 32px))"
      maxWidth="min(480px, calc(100vw - 32px))"
    >
      <p>With these it did not work:</p>
      <ul className={styles.list}>
        {result.failed.map(({ instance, error }) => (
          <li key={instance.id}>
            <strong dir="auto">
              {instance.app.title} {instance.app.version}
            </strong>
            : {error.message}
          </li>
        ))}
      </ul>
      <DialogFooter>
        <DefaultButton onClick={onClose}>Close</DefaultButton>
      </DialogFooter>
    </Dialog>
  )
}
