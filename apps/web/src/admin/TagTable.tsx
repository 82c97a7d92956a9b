import { IconButton } from '@fluentui/react/lib/Button'
import type { Tag } from '@wave-store/contract'
import { useState } from 'react'
import { Link } from 'react-router'
import { t } from '../i18n/t.ts'
import { EditTagPanel } from '../tags/EditTagPanel.tsx'
import { Chip } from '../ui/Chip.tsx'
import { formatCount } from '../ui/format.ts'
import { Table } from '../ui/Table.tsx'
import { TagChip } from '../ui/TagChip.tsx'
import table from '../ui/table.module.css'
import { DeleteTagDialog } from './DeleteTagDialog.tsx'
import styles from './TagTable.module.css'

type TagAction = 'edit' | 'delete'

export function TagTable({ tags }: { tags: Tag[] }) {
  const [begun, setBegun] = useState<{ action: TagAction; tagId: string } | null>(null)
  const tag = tags.find(({ id }) => id === begun?.tagId)
  const end = () => setBegun(null)
  return (
    <>
      <Table label={t('Tags')} columns={[t('Tag'), t('Admin roles'), t('Visitor roles'), t('Apps')]} hasActions>
        {tags.map((one) => (
          <TagRow key={one.id} tag={one} onBegin={(action) => setBegun({ action, tagId: one.id })} />
        ))}
      </Table>
      {tag && begun?.action === 'edit' && <EditTagPanel tag={tag} onDismiss={end} />}
      {tag && begun?.action === 'delete' && <DeleteTagDialog tag={tag} onDismiss={end} />}
    </>
  )
}

function TagRow({ tag, onBegin }: { tag: Tag; onBegin: (action: TagAction) => void }) {
  const { id, name, title, isCategory, adminRoles, visitorRoles, appCount, can } = tag
  return (
    <tr>
      <td>
        <div className={styles.tag}>
          <TagChip tag={tag} />
          <span className={`${table.small} ${styles.name}`}>
            {name}
            {isCategory && t(' · category')}
          </span>
        </div>
      </td>
      <td data-label={t('Admin roles')}>
        <Roles roles={adminRoles} none={t('Everyone with full access')} />
      </td>
      <td data-label={t('Visitor roles')}>
        <Roles roles={visitorRoles} none={t('No visitor')} />
      </td>
      <td data-label={t('Apps')} className={table.brief}>
        {appCount > 0 ? <Link to={`/catalog?tag=${id}`}>{formatCount(appCount, 'app')}</Link> : t('None')}
      </td>
      <td>
        <div className={table.actions}>
          {can.update && (
            <IconButton
              iconProps={{ iconName: 'Edit' }}
              title={t('Edit')}
              ariaLabel={t('Edit {title}', { title })}
              onClick={() => onBegin('edit')}
            />
          )}
          {can.delete && (
            <IconButton
              iconProps={{ iconName: 'Delete' }}
              title={t('Delete')}
              ariaLabel={t('Delete {title}', { title })}
              onClick={() => onBegin('delete')}
            />
          )}
        </div>
      </td>
    </tr>
  )
}

function Roles({ roles, none }: { roles: string[]; none: string }) {
  if (roles.length === 0) return <span className={table.small}>{none}</span>
  return (
    <div className={table.chips}>
      {roles.map((role) => (
        <Chip key={role}>{role}</Chip>
      ))}
    </div>
  )
}
