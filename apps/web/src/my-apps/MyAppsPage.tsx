import { DefaultButton, PrimaryButton } from '@fluentui/react/lib/Button'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { myAppsQuery } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { NotFoundPage } from '../shell/NotFoundPage.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatCount } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { DropOverlay } from './DropOverlay.tsx'
import { ImportPanel } from './ImportPanel.tsx'
import styles from './MyAppsPage.module.css'
import { MyAppsTable } from './MyAppsTable.tsx'
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
      Import app
    </PrimaryButton>
  )

  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title="My Apps" />
          <p>
            The apps that you imported, every version. What they need of passwords and keys is kept under{' '}
            <Link to="/secrets">Secrets</Link>.
          </p>
        </div>
        {shown?.length !== 0 && importButton}
      </header>
      <QueryError query={apps} />
      {apps.isPending && <TableSkeleton />}
      {shown?.length === 0 && (
        <EmptyState iconName="Package" title="You have no apps yet">
          <p>Drag a bundle (.wave or .zip) onto this page, or choose one.</p>
          {importButton}
        </EmptyState>
      )}
      {shown && shown.length > 0 && <MyAppsTable apps={shown} />}
      {apps.hasNextPage && (
        <div className={styles.more}>
          <span>
            {shown?.length.toLocaleString('en')} of {formatCount(apps.data?.pages.at(-1)?.total ?? 0, 'app')}
          </span>
          <DefaultButton disabled={apps.isFetchingNextPage} onClick={() => apps.fetchNextPage()}>
            Show more
          </DefaultButton>
        </div>
      )}
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
