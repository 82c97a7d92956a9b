import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { auditQuery } from '../api/audit-queries.ts'
import { EventList } from '../audit/EventList.tsx'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import styles from './AdminPage.module.css'
import { AuditFilterBar } from './AuditFilterBar.tsx'
import { auditFilterOf } from './audit-filter.ts'
import { useAuditFilter } from './use-audit-filter.ts'

export function AuditPage() {
  const { choice, choose } = useAuditFilter()
  const events = useInfiniteQuery({ ...auditQuery(auditFilterOf(choice)), placeholderData: keepPreviousData })
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Audit log')} />
          <p>{t('Who did what to which thing, from where, when, and how it ended; newest first.')}</p>
        </div>
      </header>
      <AuditFilterBar choice={choice} onChoose={choose} />
      <EventList
        label={t('Audit log')}
        query={events}
        empty={
          <EmptyState iconName="Search" title={t('Nothing found')}>
            <p>{t('No event is like this. Fewer words or a longer time find more.')}</p>
          </EmptyState>
        }
      />
    </>
  )
}
