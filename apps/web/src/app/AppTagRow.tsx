import { IconButton } from '@fluentui/react/lib/Button'
import type { Tag } from '@wave-store/contract'
import { describeRoles } from '../tags/describe-roles.ts'
import { TagChip } from '../ui/TagChip.tsx'
import styles from './AppTags.module.css'

interface AppTagRowProps {
  tag: Tag
  isPending: boolean
  onEdit: () => void
  onRemove: () => void
}

export function AppTagRow({ tag, isPending, onEdit, onRemove }: AppTagRowProps) {
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <TagChip tag={tag} />
        {tag.visitorRoles.length > 0 && (
          <span className={styles.hint}>Admits visitors with {describeRoles(tag.visitorRoles)}.</span>
        )}
      </div>
      {tag.can.update && (
        <IconButton
          iconProps={{ iconName: 'Edit' }}
          title="Edit tag"
          ariaLabel={`Edit the tag ${tag.title}`}
          onClick={onEdit}
        />
      )}
      {tag.can.assign && (
        <IconButton
          iconProps={{ iconName: 'Cancel' }}
          title="Take off"
          ariaLabel={`Take the tag ${tag.title} off`}
          disabled={isPending}
          allowDisabledFocus
          onClick={onRemove}
        />
      )}
    </li>
  )
}
