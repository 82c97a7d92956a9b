import type { AppDetails } from '@wave-store/contract'
import { Link } from 'react-router'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'

/** The versions of this name that the reader may see, newest first. */
export function VersionsTab({ app }: { app: AppDetails }) {
  return (
    <table className={table.table}>
      <caption className="visually-hidden">Versions of {app.name}</caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col">Title</th>
          <th scope="col">Owner</th>
          <th scope="col">Visibility</th>
          <th scope="col">Imported</th>
        </tr>
      </thead>
      <tbody>
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
      </tbody>
    </table>
  )
}
