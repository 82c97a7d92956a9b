import { IconButton } from '@fluentui/react/lib/Button'
import type { Tag } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
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
          <span className={styles.hint}>
            {t('Admits visitors with {describeRoles}.', { describeRoles: describeRoles(tag.visitorRoles) })}
          </span>
        )}
      </div>
      {tag.can.update && (
        <IconButton
          iconProps={{ iconName: 'Edit' }}
          title={t('Edit tag')}
          ariaLabel={t('Edit the tag {title}', { title: tag.title })}
          onClick={onEdit}
        />
      )}
      {tag.can.assign && (
        <IconButton
          iconProps={{ iconName: 'Cancel' }}
          title={t('Take off')}
          ariaLabel={t('Take the tag {title} off', { title: tag.title })}
          disabled={isPending}
          allowDisabledFocus
          onClick={onRemove}
        />
      )}
    </li>
  )
}
