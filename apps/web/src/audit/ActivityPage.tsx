import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from 'react-router'
import { auditQuery } from '../api/audit-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { type Tab, Tabs } from '../ui/Tabs.tsx'
import styles from './ActivityPage.module.css'
import { EventList } from './EventList.tsx'
import { useNews } from './use-news.ts'

type TabKey = 'others' | 'mine'

const tabs: Tab<TabKey>[] = [
  { key: 'others', label: t('What others did to your things') },
  { key: 'mine', label: t('What you did') },
]

export function ActivityPage() {
  const { tab } = useParams()
  const navigate = useNavigate()
  const chosen: TabKey = tab === 'mine' ? 'mine' : 'others'
  return (
    <>
      <header className={styles.head}>
        <PageTitle title={t('Activity')} />
        <p>{t('As the store’s audit log has it, newest first.')}</p>
      </header>
      <Tabs
        label={t('Activity')}
        tabs={tabs}
        chosen={chosen}
        onChoose={(key) => navigate(key === 'others' ? '/activity' : `/activity/${key}`)}
      >
        {chosen === 'others' ? <OthersActs /> : <OwnActs />}
      </Tabs>
    </>
  )
}

function OthersActs() {
  const events = useInfiniteQuery(auditQuery({ scope: 'others' }))
  const newIds = useNews(events.data?.pages[0]?.items)
  return (
    <EventList
      label={t('What others did to your things')}
      query={events}
      newIds={newIds}
      empty={
        <EmptyState iconName="Ringer" title={t('Nothing has been done to your things')}>
          <p>{t('When somebody else changes an app or an instance of yours, or reads its log, it stands here.')}</p>
        </EmptyState>
      }
    />
  )
}

function OwnActs() {
  const events = useInfiniteQuery(auditQuery({ scope: 'mine' }))
  return (
    <EventList
      label={t('What you did')}
      query={events}
      empty={
        <EmptyState iconName="History" title={t('You have done nothing yet')}>
          <p>{t('What you launch, import and change stands here.')}</p>
        </EmptyState>
      }
    />
  )
}
