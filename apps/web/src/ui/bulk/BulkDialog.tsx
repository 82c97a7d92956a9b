import { DefaultButton } from '@fluentui/react/lib/Button'
import { Dialog, DialogFooter, DialogType } from '@fluentui/react/lib/Dialog'
import { type BulkResult, useBulk } from '../../api/bulk.ts'
import { t } from '../../i18n/t.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { formatCount } from '../format.ts'
import { useShowToast } from '../Toasts.tsx'
import styles from './BulkDialog.module.css'
import type { BulkAction } from './bulk-action.ts'

interface BulkDialogProps<T> {
  action: BulkAction<T>
  /** All that are chosen; those that the action is not for are told and left alone. */
  items: T[]
  noun: string
  nameOf: (item: T) => string
  /** It is done, wholly or in part. */
  onClose: () => void
  onDismiss: () => void
}

/** Asks before one thing is done with several, names what each loses, and tells those with which it went wrong. */
export function BulkDialog<T extends { id: string }>(props: BulkDialogProps<T>) {
  const { action, items, noun, nameOf, onClose, onDismiss } = props
  const affected = items.filter(action.concerns)
  const leftAlone = items.length - affected.length
  const bulk = useBulk(action.act)
  const showToast = useShowToast()

  if (bulk.data && bulk.data.failed.length > 0)
    return <FailuresDialog result={bulk.data} done={action.done} nameOf={nameOf} onClose={onClose} />
  return (
    <ConfirmDialog
      title={t('{label} {affected}?', { label: action.label, affected: formatCount(affected.length, noun) })}
      confirmLabel={action.label}
      typeToConfirm={action.typeToConfirm?.(affected)}
      isReversible={action.isReversible}
      isPending={bulk.isPending}
      error={bulk.error}
      onConfirm={() =>
        bulk.mutate(affected, {
          onSuccess: (result) => {
            if (result.failed.length > 0) return
            showToast({
              kind: 'success',
              text: t('{affected} {done}.', { affected: formatCount(affected.length, noun), done: action.done }),
            })
            onClose()
          },
        })
      }
      onDismiss={onDismiss}
    >
      {action.what && <p>{action.what}</p>}
      <ul className={styles.list}>
        {affected.map((item) => (
          <li key={item.id}>
            <strong dir="auto">{nameOf(item)}</strong>
            {action.note && t(' {note}', { note: action.note(item) })}
          </li>
        ))}
      </ul>
      {leftAlone > 0 && (
        <p>{t('{leftAlone} of those chosen: nothing to do.', { leftAlone: formatCount(leftAlone, 'other') })}</p>
      )}
    </ConfirmDialog>
  )
}

interface FailuresDialogProps<T> {
  result: BulkResult<T>
  done: string
  nameOf: (item: T) => string
  onClose: () => void
}

function FailuresDialog<T extends { id: string }>({ result, done, nameOf, onClose }: FailuresDialogProps<T>) {
  const total = result.done.length + result.failed.length
  return (
    <Dialog
      hidden={false}
      onDismiss={onClose}
      dialogContentProps={{
        type: DialogType.normal,
        title: t('{count} of {total} {done}', { count: result.done.length, total, done }),
        closeButtonAriaLabel: t('Close'),
      }}
      minWidth="min(480px, calc(100vw - 32px))"
      maxWidth="min(480px, calc(100vw - 32px))"
    >
      <p>{t('With these it did not work:')}</p>
      <ul className={styles.list}>
        {result.failed.map(({ item, error }) => (
          <li key={item.id}>
            <strong dir="auto">{nameOf(item)}</strong>: {error.message}
          </li>
        ))}
      </ul>
      <DialogFooter>
        <DefaultButton onClick={onClose}>{t('Close')}</DefaultButton>
      </DialogFooter>
    </Dialog>
  )
}
