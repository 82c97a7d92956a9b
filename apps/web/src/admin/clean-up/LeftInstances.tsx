import type { Instance } from '@wave-store/contract'
import { t } from '../../i18n/t.ts'
import { Age } from '../../ui/Age.tsx'
import { BulkBar } from '../../ui/bulk/BulkBar.tsx'
import { ChoiceCell } from '../../ui/bulk/ChoiceCell.tsx'
import { instanceBulkActions } from '../../ui/bulk/instance-actions.ts'
import { useSelection } from '../../ui/bulk/use-selection.ts'
import { StatusChip } from '../../ui/StatusChip.tsx'
import { Table } from '../../ui/Table.tsx'
import table from '../../ui/table.module.css'
import styles from '../AdminPage.module.css'

const nameOf = ({ app }: Instance) => `${app.title} ${app.version}`

interface LeftInstancesProps {
  title: string
  /** Why they are here. */
  text: string
  instances: Instance[]
}

export function LeftInstances({ title, text, instances }: LeftInstancesProps) {
  const selection = useSelection(instances)
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      <p dir="auto">{text}</p>
      <BulkBar
        noun="instance"
        selection={selection}
        total={instances.length}
        actions={instanceBulkActions}
        nameOf={nameOf}
      />
      <Table label={title} columns={[t('App'), t('Owner'), t('Status'), t('Last used')]}>
        {instances.map((instance) => (
          <tr key={instance.id} className={selection.has(instance) ? table.selected : undefined}>
            <ChoiceCell
              item={instance}
              name={nameOf(instance)}
              selection={selection}
              to={`/instances/${instance.id}`}
              title={instance.app.title}
              small={instance.app.version}
            />
            <td data-label={t('Owner')} dir="auto">
              {instance.owner.name}
            </td>
            <td data-label={t('Status')}>
              <StatusChip instance={instance} />
            </td>
            <td data-label={t('Last used')} className={table.brief}>
              {instance.lastUsedAt ? <Age since={instance.lastUsedAt} /> : t('Never')}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
