import { DefaultButton } from '@fluentui/react/lib/Button'
import type { AppDetails, AppVersion } from '@wave-store/contract'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'
import { CompareSection } from './CompareSection.tsx'
import { PromoteDialog } from './PromoteDialog.tsx'
import { type Promotion, promotionsOf } from './promotions.ts'
import styles from './VersionsTab.module.css'

/** The versions of this name that the reader may see, newest first; who looks after them chooses the one in the Catalog. */
export function VersionsTab({ app }: { app: AppDetails }) {
  const [chosen, setChosen] = useState<Promotion>()
  const { listed, promotions } = promotionsOf(app.versions)
  const canPromote = app.can.update
  const canCompare = useSession().can.seeTags && app.versions.length > 1
  const [search, setSearch] = useSearchParams()
  const other = canCompare ? app.versions.find(({ id }) => id !== app.id && id === search.get('with')) : undefined
  const compare = (version: AppVersion) => setSearch({ with: version.id }, { replace: true })

  return (
    <>
      {canPromote && (
        <p className={styles.how}>
          {t(
            'Import a new version as private, run it, then promote it: it takes the place of the one in the Catalog, which becomes private. Roll back to an older one the same way. Running instances are never touched.',
          )}
        </p>
      )}
      <Table
        label={t('Versions of {name}', { name: app.name })}
        columns={[t('Version'), t('Title'), t('Owner'), t('Visibility'), t('Imported')]}
        hasActions={canPromote || canCompare}
      >
        {app.versions.map((version) => (
          <tr key={version.id}>
            <td>
              <VersionCell version={version} isThis={version.id === app.id} isListed={version.id === listed?.id} />
            </td>
            <td data-label={t('Title')} dir="auto">
              {version.title}
            </td>
            <td data-label={t('Owner')} dir="auto">
              {version.owner.name}
            </td>
            <td data-label={t('Visibility')}>
              <VisibilityChip visibility={version.visibility} />
            </td>
            <td data-label={t('Imported')} className={table.brief}>
              <Age since={version.createdAt} />
            </td>
            {(canPromote || canCompare) && (
              <td>
                <div className={table.actions}>
                  {canCompare && version.id !== app.id && (
                    <CompareButton version={version} isChosen={version === other} onChoose={compare} />
                  )}
                  {canPromote && <PromoteButton promotion={promotions.get(version.id)} onChoose={setChosen} />}
                </div>
              </td>
            )}
          </tr>
        ))}
      </Table>
      {other && <Comparison versions={app.versions} ids={[app.id, other.id]} />}
      {chosen && <PromoteDialog promotion={chosen} onDismiss={() => setChosen(undefined)} />}
    </>
  )
}

/** From the older one to the newer. */
function Comparison({ versions, ids }: { versions: AppVersion[]; ids: string[] }) {
  const [to, from] = versions.filter(({ id }) => ids.includes(id))
  if (!to || !from) return null
  return (
    <div className={styles.comparison}>
      <CompareSection key={ids.join()} from={from} to={to} />
    </div>
  )
}

function VersionCell({ version, isThis, isListed }: { version: AppVersion; isThis: boolean; isListed: boolean }) {
  return (
    <>
      <Link to={`/apps/${version.id}/versions`} className={table.rowLink}>
        {version.version}
      </Link>{' '}
      {isThis && <Chip tone="accent">{t('This one')}</Chip>}{' '}
      {isListed && <Chip tone="success">{t('In the Catalog')}</Chip>}
    </>
  )
}

function CompareButton({
  version,
  isChosen,
  onChoose,
}: {
  version: AppVersion
  isChosen: boolean
  onChoose: (version: AppVersion) => void
}) {
  return (
    <DefaultButton
      ariaLabel={t('Compare with {version}', { version: version.version })}
      checked={isChosen}
      onClick={() => onChoose(version)}
    >
      {t('Compare')}
    </DefaultButton>
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
  const words = promotion.isBack ? t('Roll back') : t('Promote')
  return (
    <DefaultButton
      ariaLabel={t('{words} to {toVersion}', { words, toVersion: promotion.to.version })}
      onClick={() => onChoose(promotion)}
    >
      {words}
    </DefaultButton>
  )
}
