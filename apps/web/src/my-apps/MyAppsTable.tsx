import type { App } from '@wave-store/contract'
import { Link } from 'react-router'
import { RunButton } from '../launch/RunButton.tsx'
import { Age } from '../ui/Age.tsx'
import { AppIcon } from '../ui/AppIcon.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'

/** Apps that I own; a row leads to the app's page. */
export function MyAppsTable({ apps }: { apps: App[] }) {
  return (
    <Table label="My apps" columns={['App', 'Version', 'Category', 'Visibility', 'Imported']} hasActions>
      {apps.map((app) => (
        <tr key={app.id}>
          <td>
            <div className={table.app}>
              <AppIcon app={app} sizePx={40} />
              <div className={table.words}>
                <Link to={`/apps/${app.id}`} className={table.rowLink} dir="auto">
                  {app.title}
                </Link>
                <span className={table.small}>{app.name}</span>
              </div>
            </div>
          </td>
          <td data-label="Version">{app.version}</td>
          <td data-label="Category">{app.category}</td>
          <td data-label="Visibility">
            <VisibilityChip visibility={app.visibility} />
          </td>
          <td data-label="Imported" className={table.brief}>
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
  )
}
