import type { Tag } from '@wave-store/contract'
import { useDeleteTag } from '../api/tag-queries.ts'
import { describeRoles } from '../tags/describe-roles.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { formatCount } from '../ui/format.ts'
import { useShowToast } from '../ui/Toasts.tsx'

export function DeleteTagDialog({ tag, onDismiss }: { tag: Tag; onDismiss: () => void }) {
  const deletion = useDeleteTag(tag.id)
  const showToast = useShowToast()

  async function remove() {
    try {
      await deletion.mutateAsync()
    } catch {
      return
    }
    showToast({ kind: 'success', text: `The tag ${tag.title} is deleted.` })
    onDismiss()
  }

  return (
    <ConfirmDialog
      title={`Delete the tag ${tag.title}?`}
      confirmLabel="Delete tag"
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={remove}
      onDismiss={onDismiss}
    >
      <p>
        {tag.appCount === 0
          ? 'No app bears it.'
          : `${formatCount(tag.appCount, 'app')} ${tag.appCount === 1 ? 'loses' : 'lose'} it at once.`}
      </p>
      {tag.appCount > 0 && tag.visitorRoles.length > 0 && (
        <p>
          <strong>
            Visitors with {describeRoles(tag.visitorRoles)} may no longer see and run{' '}
            {tag.appCount === 1 ? 'it' : 'them'}
          </strong>
          , unless another tag admits them.
        </p>
      )}
    </ConfirmDialog>
  )
}
