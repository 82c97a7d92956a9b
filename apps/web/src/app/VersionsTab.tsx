import type { AppDetails } from '@wave-store/contract'
import { Link } from 'react-router'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'

/** The versions of this name that the reader may see, newest first. */
export function VersionsTab({ app }: { app: AppDetails }) {
  return (
    <Table label={`Versions of ${app.name}`} columns={['Version', 'Title', 'Owner', 'Visibility', 'Imported']}>
      {app.versions.map((version) => (
        <tr key={version.id}>
          <td>
            <Link to={`/apps/${version.id}`} className={table.rowLink}>
              {version.version}
            </Link>{' '}
            {version.id === app.id && <Chip tone="accent">This one</Chip>}
          </td>
          <td data-label="Title" dir="auto">
            {version.title}
          </td>
          <td data-label="Owner" dir="auto">
            {version.owner.name}
          </td>
          <td data-label="Visibility">
            <VisibilityChip visibility={version.visibility} />
          </td>
          <td data-label="Imported" className={table.brief}>
            <Age since={version.createdAt} />
          </td>
        </tr>
      ))}
    </Table>
  )
}
