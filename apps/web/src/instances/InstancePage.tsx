import { StoreError } from '@wave-store/client'
import type { Instance } from '@wave-store/contract'
import { useNavigate, useParams } from 'react-router'
import { useInstance } from '../api/live-instances.ts'
import { t } from '../i18n/t.ts'
import { NotFound } from '../ui/NotFound.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { type Tab, Tabs } from '../ui/Tabs.tsx'
import { EnvironmentTab } from './EnvironmentTab.tsx'
import { InstanceHeader } from './InstanceHeader.tsx'
import { InstanceOverview } from './InstanceOverview.tsx'
import { InstanceSettings } from './InstanceSettings.tsx'
import { LogViewer } from './logs/LogViewer.tsx'
import { MetricsTab } from './MetricsTab.tsx'

type TabKey = 'overview' | 'logs' | 'metrics' | 'environment' | 'settings'

/** Terminated while it is being looked at, or never there: both are `not_found`, and then nothing of it is shown any more. */
function isGone(error: Error | null): boolean {
  return error instanceof StoreError && ['not_found', 'invalid_request'].includes(error.code)
}

export function InstancePage() {
  const { instanceId = '' } = useParams()
  const instance = useInstance(instanceId)
  if (isGone(instance.error))
    return (
      <NotFound title={t('Instance not found')}>
        {t('It was terminated, never existed, or you may not see it.')}
      </NotFound>
    )
  if (instance.data) return <LoadedInstance key={instance.data.id} instance={instance.data} />
  if (instance.error) return <QueryError query={instance} />
  return <TableSkeleton />
}

function tabsOf({ can }: Instance): Tab<TabKey>[] {
  return [
    { key: 'overview', label: t('Overview') },
    ...(can.readLogs ? [{ key: 'logs', label: t('Logs') } as const] : []),
    ...(can.readMetrics ? [{ key: 'metrics', label: t('Metrics') } as const] : []),
    ...(can.readLogs ? [{ key: 'environment', label: t('Environment') } as const] : []),
    ...(can.update || can.terminate ? [{ key: 'settings', label: t('Settings') } as const] : []),
  ]
}

function LoadedInstance({ instance }: { instance: Instance }) {
  const navigate = useNavigate()
  const { tab } = useParams()
  const tabs = tabsOf(instance)
  const chosen = tabs.find(({ key }) => key === tab)?.key ?? 'overview'
  return (
    <>
      <InstanceHeader instance={instance} />
      <Tabs
        label={t('About this instance of {appTitle}', { appTitle: instance.app.title })}
        tabs={tabs}
        chosen={chosen}
        onChoose={(key) => navigate(`/instances/${instance.id}${key === 'overview' ? '' : `/${key}`}`)}
      >
        <TabPanel tab={chosen} instance={instance} />
      </Tabs>
    </>
  )
}

function TabPanel({ tab, instance }: { tab: TabKey; instance: Instance }) {
  switch (tab) {
    case 'overview':
      return <InstanceOverview instance={instance} />
    case 'logs':
      return <LogViewer instance={instance} />
    case 'metrics':
      return <MetricsTab instance={instance} />
    case 'environment':
      return <EnvironmentTab instance={instance} />
    case 'settings':
      return <InstanceSettings instance={instance} />
  }
}
