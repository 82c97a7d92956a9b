import type { AppDetails, Tag } from '@wave-store/contract'
import { useAppTags } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { describeRoles } from '../tags/describe-roles.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

interface RemoveTagDialogProps {
  app: AppDetails
  tag: Tag
  onDismiss: () => void
}

/** Asks before visitors are shut out. */
export function RemoveTagDialog({ app, tag, onDismiss }: RemoveTagDialogProps) {
  const removal = useAppTags(app.id)
  return (
    <ConfirmDialog
      title={t('Take the tag {title} off {title2} {version}?', {
        title: tag.title,
        title2: app.title,
        version: app.version,
      })}
      confirmLabel={t('Take off')}
      isPending={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate({ tagId: tag.id, isOn: false }, { onSuccess: onDismiss })}
      onDismiss={onDismiss}
    >
      <p>
        {t(
          'Visitors with {describeRoles} may no longer see it and start it, at once, unless another tag of it admits them.',
          { describeRoles: describeRoles(tag.visitorRoles) },
        )}
      </p>
    </ConfirmDialog>
  )
}
