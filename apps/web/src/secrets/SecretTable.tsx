import { IconButton } from '@fluentui/react/lib/Button'
import type { Secret } from '@wave-store/contract'
import { type ReactNode, useState } from 'react'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { AppsUsing } from './AppsUsing.tsx'
import { DeleteSecretDialog } from './DeleteSecretDialog.tsx'
import { EditSecretPanel } from './EditSecretPanel.tsx'
import styles from './SecretTable.module.css'

type SecretAction = 'edit' | 'delete'

interface SecretTableProps {
  label: string
  secrets: Secret[]
  /** A further column. */
  more?: { column: string; cell: (secret: Secret) => ReactNode }
}

export function SecretTable({ label, secrets, more }: SecretTableProps) {
  const [begun, setBegun] = useState<{ action: SecretAction; secretId: string } | null>(null)
  const secret = secrets.find(({ id }) => id === begun?.secretId)
  const end = () => setBegun(null)
  const hasActions = secrets.some(({ can }) => can.update || can.delete)
  const columns = ['Secret', ...(more ? [more.column] : []), 'Keys', 'Used by', 'Changed']
  return (
    <>
      <Table label={label} columns={columns} hasActions={hasActions}>
        {secrets.map((one) => (
          <tr key={one.id}>
            <td>
              <div className={styles.secret}>
                <span className={styles.name}>{one.name}</span>
                {one.description && (
                  <span className={table.small} dir="auto">
                    {one.description}
                  </span>
                )}
              </div>
            </td>
            {more && <td data-label={more.column}>{more.cell(one)}</td>}
            <td data-label={t('Keys')}>
              <Keys keys={one.keys} />
            </td>
            <td data-label={t('Used by')}>
              <AppsUsing secret={one} />
            </td>
            <td data-label={t('Changed')} className={table.brief}>
              <Age since={one.updatedAt} />
            </td>
            {hasActions && (
              <td>
                <Actions secret={one} onBegin={(action) => setBegun({ action, secretId: one.id })} />
              </td>
            )}
          </tr>
        ))}
      </Table>
      {secret && begun?.action === 'edit' && <EditSecretPanel secret={secret} onDismiss={end} />}
      {secret && begun?.action === 'delete' && <DeleteSecretDialog secret={secret} onDismiss={end} />}
    </>
  )
}

function Keys({ keys }: { keys: Secret['keys'] }) {
  if (keys.length === 0) return <span className={table.small}>{t('None yet')}</span>
  return (
    <div className={table.chips}>
      {keys.map(({ key, isLost }) => (
        <Chip key={key} {...(isLost && { tone: 'danger', iconName: 'Warning' })}>
          {isLost ? t('{key}, lost', { key }) : key}
        </Chip>
      ))}
    </div>
  )
}

function Actions({ secret, onBegin }: { secret: Secret; onBegin: (action: SecretAction) => void }) {
  const { name, can } = secret
  if (!can.update && !can.delete) return null
  return (
    <div className={table.actions}>
      {can.update && (
        <IconButton
          iconProps={{ iconName: 'Edit' }}
          title={t('Edit')}
          ariaLabel={t('Edit {name}', { name })}
          onClick={() => onBegin('edit')}
        />
      )}
      {can.delete && (
        <IconButton
          iconProps={{ iconName: 'Delete' }}
          title={t('Delete')}
          ariaLabel={t('Delete {name}', { name })}
          onClick={() => onBegin('delete')}
        />
      )}
    </div>
  )
}
