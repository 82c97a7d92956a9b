import type { Instance } from '@wave-store/contract'
import { Link } from 'react-router'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { AppIcon } from '../ui/AppIcon.tsx'
import { SelectBox } from '../ui/bulk/SelectBox.tsx'
import type { Selection } from '../ui/bulk/use-selection.ts'
import { StatusChip } from '../ui/StatusChip.tsx'
import { StatusLine } from '../ui/StatusLine.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'
import { InstanceActions, type InstanceQuestion } from './InstanceActions.tsx'
import styles from './InstanceTable.module.css'
import { UsageCell } from './UsageCell.tsx'

interface InstanceRowProps {
  instance: Instance
  selection: Selection<Instance>
  showsOwner: boolean
  onAsk: (question: InstanceQuestion) => void
}

export function InstanceRow({ instance, selection, showsOwner, onAsk }: InstanceRowProps) {
  const { app, lastUsedAt, startedAt, visibility } = instance
  return (
    <tr className={selection.has(instance) ? table.selected : undefined}>
      <td>
        <div className={styles.app}>
          <SelectBox item={instance} name={`${app.title} ${app.version}`} selection={selection} />
          <AppIcon app={app} sizePx={40} />
          <div className={table.words}>
            <Link to={`/instances/${instance.id}`} className={`${table.rowLink} ${styles.title}`} dir="auto">
              {app.title}
            </Link>
            <span className={table.small}>{app.version}</span>
          </div>
        </div>
      </td>
      {showsOwner && (
        <td data-label={t('Owner')} dir="auto">
          {instance.owner.name}
        </td>
      )}
      <td data-label={t('Status')}>
        <div className={styles.status}>
          <StatusChip instance={instance} />
          <StatusLine instance={instance} className={table.reason} />
        </div>
      </td>
      <td data-label={t('Visibility')}>
        <VisibilityChip visibility={visibility} />
      </td>
      <td data-label={t('Started')} className={table.brief}>
        <Age since={startedAt} />
      </td>
      <td data-label={t('Last used')} className={table.brief}>
        {lastUsedAt ? <Age since={lastUsedAt} /> : t('not yet')}
      </td>
      <td data-label={t('Memory, CPU')}>
        <UsageCell instance={instance} />
      </td>
      <td>
        <InstanceActions instance={instance} onAsk={onAsk} />
      </td>
    </tr>
  )
}
