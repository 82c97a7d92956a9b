import type { AppDetails, Tag } from '@wave-store/contract'
import { useAppTags } from '../api/tag-queries.ts'
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
      title={`Take the tag ${tag.title} off ${app.title} ${app.version}?`}
      confirmLabel="Take off"
      isPending={removal.isPending}
      error={removal.error}
      onConfirm={() => removal.mutate({ tagId: tag.id, isOn: false }, { onSuccess: onDismiss })}
      onDismiss={onDismiss}
    >
      <p>
        Visitors with {describeRoles(tag.visitorRoles)} may no longer see it and start it, at once, unless another tag
        of it admits them.
      </p>
    </ConfirmDialog>
  )
}
