import { DefaultButton } from '@fluentui/react/lib/Button'
import type { AppDetails, AppVersion } from '@wave-store/contract'
import { useState } from 'react'
import { Link } from 'react-router'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'
import { PromoteDialog } from './PromoteDialog.tsx'
import { type Promotion, promotionsOf } from './promotions.ts'
import styles from './VersionsTab.module.css'

/** The versions of this name that the reader may see, newest first; who looks after them chooses the one in the Catalog. */
export function VersionsTab({ app }: { app: AppDetails }) {
  const [chosen, setChosen] = useState<Promotion>()
  const { listed, promotions } = promotionsOf(app.versions)
  const canPromote = app.can.update

  return (
    <>
      {canPromote && (
        <p className={styles.how}>
          Import a new version as private, run it, then promote it: it takes the place of the one in the Catalog, which
          becomes private. Roll back to an older one the same way. Running instances are never touched.
        </p>
      )}
      <Table
        label={`Versions of ${app.name}`}
        columns={['Version', 'Title', 'Owner', 'Visibility', 'Imported']}
        hasActions={canPromote}
      >
        {app.versions.map((version) => (
          <tr key={version.id}>
            <td>
              <VersionCell version={version} isThis={version.id === app.id} isListed={version.id === listed?.id} />
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
            {canPromote && (
              <td>
                <div className={table.actions}>
                  <PromoteButton promotion={promotions.get(version.id)} onChoose={setChosen} />
                </div>
              </td>
            )}
          </tr>
        ))}
      </Table>
      {chosen && <PromoteDialog promotion={chosen} onDismiss={() => setChosen(undefined)} />}
    </>
  )
}

function VersionCell({ version, isThis, isListed }: { version: AppVersion; isThis: boolean; isListed: boolean }) {
  return (
    <>
      <Link to={`/apps/${version.id}/versions`} className={table.rowLink}>
        {version.version}
      </Link>{' '}
      {isThis && <Chip tone="accent">This one</Chip>} {isListed && <Chip tone="success">In the Catalog</Chip>}
    </>
  )
}

function PromoteButton({
  promotion,
  onChoose,
}: {
  promotion: Promotion | undefined
  onChoose: (promotion: Promotion) => void
}) {
  if (!promotion) return null
  const words = promotion.isBack ? 'Roll back' : 'Promote'
  return (
    <DefaultButton ariaLabel={`${words} to ${promotion.to.version}`} onClick={() => onChoose(promotion)}>
      {words}
    </DefaultButton>
  )
}
