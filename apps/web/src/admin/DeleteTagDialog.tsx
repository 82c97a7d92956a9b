import { useQuery } from '@tanstack/react-query'
import type { Tag } from '@wave-store/contract'
import { appsTaggedQuery } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { useDeleteTag } from '../api/tag-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
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
    showToast({ kind: 'success', text: t('The tag {title} is deleted.', { title: tag.title }) })
    onDismiss()
  }

  return (
    <ConfirmDialog
      title={t('Delete the tag {title}?', { title: tag.title })}
      confirmLabel={t('Delete tag')}
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={remove}
      onDismiss={onDismiss}
    >
      <p>
        {tag.appCount === 0
          ? t('No app bears it.')
          : t('{appCount} {loses} it at once:', {
              appCount: formatCount(tag.appCount, 'app'),
              loses: tag.appCount === 1 ? 'loses' : 'lose',
            })}
      </p>
      {bearers.data && bearers.data.items.length > 0 && (
        <ul>
          {bearers.data.items.map(({ id, title, version, owner }) => (
            <li key={id} dir="auto">
              <T
                text="<0>{title}</0> {version}, of {name}"
                values={{ title, version, name: owner.name }}
                parts={{ 0: <strong /> }}
              />
            </li>
          ))}
          {bearers.data.total > bearers.data.items.length && (
            <li>{t('and {number} more', { number: formatNumber(bearers.data.total - bearers.data.items.length) })}</li>
          )}
        </ul>
      )}
      {tag.appCount > 0 && tag.visitorRoles.length > 0 && (
        <p>
          <T
            text="<0>Visitors with {describeRoles} may no longer see and run {value}</0>, unless another tag admits them."
            values={{ describeRoles: describeRoles(tag.visitorRoles), value: tag.appCount === 1 ? 'it' : 'them' }}
            parts={{ 0: <strong /> }}
          />
        </p>
      )}
    </ConfirmDialog>
  )
}
