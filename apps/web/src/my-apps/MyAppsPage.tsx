import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { myAppsQuery } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { NotFoundPage } from '../shell/NotFoundPage.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MoreRows } from '../ui/MoreRows.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { AppTable } from './AppTable.tsx'
import { DropOverlay } from './DropOverlay.tsx'
import { ImportPanel } from './ImportPanel.tsx'
import styles from './MyAppsPage.module.css'
import { useFileDrop } from './use-file-drop.ts'
import { useImport } from './use-import.ts'

export function MyAppsPage() {
  const { can } = useSession()
  return can.importApps ? <MyApps /> : <NotFoundPage />
}

function MyApps() {
  const navigate = useNavigate()
  const apps = useInfiniteQuery(myAppsQuery())
  const shown = apps.data?.pages.flatMap((page) => page.items)
  const [isImporting, setIsImporting] = useState(false)
  const bundleImport = useImport((app) => navigate(`/apps/${app.id}`, { state: { isJustImported: true } }))

  const canDrop = bundleImport.step.kind !== 'uploading'
  const isDragging = useFileDrop(canDrop, (file) => {
    setIsImporting(true)
    void bundleImport.choose(file)
  })
  const importButton = (
    <PrimaryButton iconProps={{ iconName: 'Upload' }} onClick={() => setIsImporting(true)}>
      {t('Import app')}
    </PrimaryButton>
  )

  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('My Apps')} />
          <p>
            <T
              text="The apps that you imported, every version. What they need of passwords and keys is kept under <0>Secrets</0>."
              parts={{ 0: <Link to="/secrets" /> }}
            />
          </p>
        </div>
        {shown?.length !== 0 && importButton}
      </header>
      <QueryError query={apps} />
      {apps.isPending && <TableSkeleton />}
      {shown?.length === 0 && (
        <EmptyState iconName="Package" title={t('You have no apps yet')}>
          <p>{t('Drag a bundle (.wave or .zip) onto this page, or choose one.')}</p>
          {importButton}
        </EmptyState>
      )}
      {shown && shown.length > 0 && <AppTable apps={shown} label={t('My apps')} />}
      <MoreRows query={apps} noun="app" />
      {isDragging && <DropOverlay />}
      <ImportPanel
        isOpen={isImporting}
        bundleImport={bundleImport}
        onDismiss={() => {
          setIsImporting(false)
          bundleImport.reset()
        }}
      />
    </>
  )
}
