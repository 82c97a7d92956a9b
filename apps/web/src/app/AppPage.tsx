import { useQuery } from '@tanstack/react-query'
import { StoreError } from '@wave-store/client'
import type { AppDetails } from '@wave-store/contract'
import { useState } from 'react'
import { useLocation, useNavigate, useParams } from 'react-router'
import { appQuery } from '../api/app-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { useTags } from '../api/tag-queries.ts'
import { t } from '../i18n/t.ts'
import { SignInToSee } from '../shell/SignInToSee.tsx'
import { NotFound } from '../ui/NotFound.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { type Tab, Tabs } from '../ui/Tabs.tsx'
import { AppHeader } from './AppHeader.tsx'
import { AppSkeleton } from './AppSkeleton.tsx'
import { BundleTab } from './BundleTab.tsx'
import { InstancesTab } from './InstancesTab.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { PublishSteps } from './PublishSteps.tsx'
import { SettingsTab } from './SettingsTab.tsx'
import { StatisticsTab } from './StatisticsTab.tsx'
import { VersionsTab } from './VersionsTab.tsx'

type TabKey = 'overview' | 'versions' | 'instances' | 'bundle' | 'statistics' | 'settings'

/** How the store says that there is no such app, or none for the reader. */
const missing: string[] = ['not_found', 'invalid_request']

export function AppPage() {
  const { appId = '' } = useParams()
  const { user } = useSession()
  const app = useQuery(appQuery(appId))
  if (app.data) return <LoadedApp key={app.data.id} app={app.data} />
  const refusal = app.error instanceof StoreError ? app.error.code : null
  // Signed in, somebody may see it: a link to it leads there.
  if (user === null && refusal && [...missing, 'unauthenticated'].includes(refusal))
    return <SignInToSee title={t('Sign in to see this app')} />
  if (refusal && missing.includes(refusal))
    return <NotFound title={t('App not found')}>{t('No app has this address, or you may not see it.')}</NotFound>
  if (app.error) return <QueryError query={app} />
  return <AppSkeleton />
}

/** Whether the reader could put this version in the place of an older one, or into the Catalog for the first time. */
function isToBePublished({ can, id, versions, visibility }: AppDetails): boolean {
  return can.update && visibility === 'PRIVATE' && versions[0]?.id === id
}

/** @param canTag whether the reader may put some tag on apps, or change one that this app bears */
function tabsOf(app: AppDetails, isSignedIn: boolean, canTag: boolean): Tab<TabKey>[] {
  return [
    { key: 'overview', label: t('Overview') },
    { key: 'versions', label: t('Versions'), count: app.versions.length },
    ...(isSignedIn ? [{ key: 'instances', label: t('Instances') } as const] : []),
    { key: 'bundle', label: t('Bundle') },
    ...(app.can.update ? [{ key: 'statistics', label: t('Statistics') } as const] : []),
    ...(app.can.update || app.can.delete || canTag ? [{ key: 'settings', label: t('Settings') } as const] : []),
  ]
}

function LoadedApp({ app }: { app: AppDetails }) {
  const navigate = useNavigate()
  const isJustImported = useLocation().state?.isJustImported === true
  // Once shown, the steps stay until the page is left: the last of them comes after the version is in the Catalog.
  const [isGuided] = useState(isJustImported || isToBePublished(app))
  const { tab } = useParams()
  const { user } = useSession()
  const canTag = useTags().some(({ can }) => can.assign || can.update)
  const tabs = tabsOf(app, user !== null, canTag)
  const chosen = tabs.find(({ key }) => key === tab)?.key ?? 'overview'

  return (
    <>
      <AppHeader app={app} />
      {isGuided && <PublishSteps app={app} />}
      <Tabs
        label={t('About {title}', { title: app.title })}
        tabs={tabs}
        chosen={chosen}
        onChoose={(key) => navigate(`/apps/${app.id}${key === 'overview' ? '' : `/${key}`}`)}
      >
        <TabPanel tab={chosen} app={app} />
      </Tabs>
    </>
  )
}

function TabPanel({ tab, app }: { tab: TabKey; app: AppDetails }) {
  switch (tab) {
    case 'overview':
      return <OverviewTab app={app} />
    case 'versions':
      return <VersionsTab app={app} />
    case 'instances':
      return <InstancesTab app={app} />
    case 'bundle':
      return <BundleTab app={app} />
    case 'statistics':
      return <StatisticsTab app={app} />
    case 'settings':
      return <SettingsTab app={app} />
  }
}
