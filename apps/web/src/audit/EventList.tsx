import { DefaultButton } from '@fluentui/react/lib/Button'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { AuditEvent } from '@wave-store/contract'
import type { ReactNode } from 'react'
import { t } from '../i18n/t.ts'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './EventList.module.css'
import { EventTable } from './EventTable.tsx'

interface EventListProps {
  label: string
  query: UseInfiniteQueryResult<InfiniteData<{ items: AuditEvent[] }>>
  newIds?: ReadonlySet<number>
  /** Stands where nothing is found. */
  empty: ReactNode
}

/** Pages of events, newest first, each asked for with a button. */
export function EventList({ label, query, newIds, empty }: EventListProps) {
  const events = query.data?.pages.flatMap(({ items }) => items)
  return (
    <div className={query.isPlaceholderData ? styles.outdated : undefined} aria-busy={query.isFetching}>
      <QueryError query={query} />
      {query.isPending && <TableSkeleton />}
      {events?.length === 0 && !query.hasNextPage && empty}
      {events && events.length > 0 && <EventTable label={label} events={events} newIds={newIds} />}
      {query.hasNextPage && (
        <div className={styles.more}>
          <DefaultButton
            disabled={query.isFetchingNextPage}
            allowDisabledFocus
            onClick={() => void query.fetchNextPage()}
          >
            {t('Show older')}
          </DefaultButton>
        </div>
      )}
    </div>
  )
}
