import { useQuery } from '@tanstack/react-query'
import type { Tag } from '@wave-store/contract'
import { appsTaggedQuery } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { useDeleteTag } from '../api/tag-queries.ts'
import { describeRoles } from '../tags/describe-roles.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { formatCount, formatNumber } from '../ui/format.ts'
import { useShowToast } from '../ui/Toasts.tsx'

export function DeleteTagDialog({ tag, onDismiss }: { tag: Tag; onDismiss: () => void }) {
  const deletion = useDeleteTag(tag.id)
  const { user } = useSession()
  const bearers = useQuery({
    ...appsTaggedQuery(tag.id, { isAdmin: user?.isAdmin ?? false }),
    enabled: tag.appCount > 0,
  })
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
          : `${formatCount(tag.appCount, 'app')} ${tag.appCount === 1 ? 'loses' : 'lose'} it at once:`}
      </p>
      {bearers.data && bearers.data.items.length > 0 && (
        <ul>
          {bearers.data.items.map(({ id, title, version, owner }) => (
            <li key={id} dir="auto">
              <strong>{title}</strong> {version}, of {owner.name}
            </li>
          ))}
          {bearers.data.total > bearers.data.items.length && (
            <li>and {formatNumber(bearers.data.total - bearers.data.items.length)} more</li>
          )}
        </ul>
      )}
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
