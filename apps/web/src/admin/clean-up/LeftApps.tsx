import type { App } from '@wave-store/contract'
import { t } from '../../i18n/t.ts'
import { Age } from '../../ui/Age.tsx'
import { BulkBar } from '../../ui/bulk/BulkBar.tsx'
import type { BulkChoice } from '../../ui/bulk/bulk-action.ts'
import { ChoiceCell } from '../../ui/bulk/ChoiceCell.tsx'
import { useSelection } from '../../ui/bulk/use-selection.ts'
import { Table } from '../../ui/Table.tsx'
import table from '../../ui/table.module.css'
import { VisibilityChip } from '../../ui/VisibilityChip.tsx'
import styles from '../AdminPage.module.css'

const nameOf = ({ title, version }: App) => `${title} ${version}`

interface LeftAppsProps {
  title: string
  /** Why they are here. */
  text: string
  apps: App[]
  actions: BulkChoice<App>[]
}

export function LeftApps({ title, text, apps, actions }: LeftAppsProps) {
  const selection = useSelection(apps)
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      <p dir="auto">{text}</p>
      <BulkBar noun="app" selection={selection} total={apps.length} actions={actions} nameOf={nameOf} />
      <Table label={title} columns={[t('App'), t('Version'), t('Owner'), t('Visibility'), t('Imported')]}>
        {apps.map((app) => (
          <tr key={app.id} className={selection.has(app) ? table.selected : undefined}>
            <ChoiceCell
              item={app}
              name={nameOf(app)}
              selection={selection}
              to={`/apps/${app.id}`}
              title={app.title}
              small={app.name}
            />
            <td data-label={t('Version')}>{app.version}</td>
            <td data-label={t('Owner')} dir="auto">
              {app.owner.name}
            </td>
            <td data-label={t('Visibility')}>
              <VisibilityChip visibility={app.visibility} />
            </td>
            <td data-label={t('Imported')} className={table.brief}>
              <Age since={app.createdAt} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  )
}
