import type { App } from '@wave-store/contract'
import { useSession } from '../api/session-queries.ts'
import { useTags } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { RunButton } from '../launch/RunButton.tsx'
import { Age } from '../ui/Age.tsx'
import { AppIcon } from '../ui/AppIcon.tsx'
import { deleteApps, showAppsTo } from '../ui/bulk/app-actions.ts'
import { BulkBar } from '../ui/bulk/BulkBar.tsx'
import { ChoiceCell } from '../ui/bulk/ChoiceCell.tsx'
import { transferQuestion } from '../ui/bulk/TransferQuestion.tsx'
import { tagBulkMenus } from '../ui/bulk/tag-actions.ts'
import { useSelection } from '../ui/bulk/use-selection.ts'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'

const nameOf = ({ title, version }: App) => `${title} ${version}`

interface AppTableProps {
  apps: App[]
  /** What the table is called: “My apps”. */
  label: string
  /** Of everybody's apps, whose each is. */
  showsOwner?: boolean
}

/** Every version; a row leads to its page, and several can be chosen to do one thing with all of them. */
export function AppTable({ apps, label, showsOwner = false }: AppTableProps) {
  const { can, settings } = useSession()
  const tags = useTags()
  const selection = useSelection(apps)
  return (
    <>
      <BulkBar
        noun="app"
        selection={selection}
        total={apps.length}
        actions={[
          ...settings.visibilities.map(showAppsTo),
          deleteApps,
          ...tagBulkMenus(tags),
          ...(can.administer ? [transferQuestion] : []),
        ]}
        nameOf={nameOf}
      />
      <Table
        label={label}
        columns={[t('App'), t('Version'), showsOwner ? t('Owner') : t('Category'), t('Visibility'), t('Imported')]}
        hasActions
      >
        {apps.map((app) => (
          <tr key={app.id} className={selection.has(app) ? table.selected : undefined}>
            <ChoiceCell
              item={app}
              name={nameOf(app)}
              selection={selection}
              icon={<AppIcon app={app} sizePx={40} />}
              to={`/apps/${app.id}`}
              title={app.title}
              small={app.name}
            />
            <td data-label={t('Version')}>{app.version}</td>
            {showsOwner ? (
              <td data-label={t('Owner')} dir="auto">
                {app.owner.name}
              </td>
            ) : (
              <td data-label={t('Category')}>{app.category}</td>
            )}
            <td data-label={t('Visibility')}>
              <VisibilityChip visibility={app.visibility} />
            </td>
            <td data-label={t('Imported')} className={table.brief}>
              <Age since={app.createdAt} />
            </td>
            <td>
              <div className={table.actions}>
                <RunButton app={app} isQuiet />
              </div>
            </td>
          </tr>
        ))}
      </Table>
    </>
  )
}
