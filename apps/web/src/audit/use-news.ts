import type { AuditEvent } from '@wave-store/contract'
import { useEffect, useRef, useState } from 'react'
import { useMarkNewsRead } from '../api/audit-queries.ts'
import { useSession } from '../api/session-queries.ts'

/**
 * Remembers that the newest events have been shown, and tells for as long as the page is open which of them were new.
 *
 * @param events newest first; undefined while they are on their way
 */
export function useNews(events: AuditEvent[] | undefined): ReadonlySet<number> {
  const { unseenNews } = useSession()
  const { mutate: markRead } = useMarkNewsRead()
  const [newIds, setNewIds] = useState<ReadonlySet<number>>(new Set())
  const marked = useRef(0)
  const newest = events?.[0]?.id ?? 0

  useEffect(() => {
    if (!events || unseenNews === 0 || newest <= marked.current) return
    marked.current = newest
    const unseen = events.slice(0, unseenNews).map(({ id }) => id)
    setNewIds((known) => new Set([...known, ...unseen]))
    markRead(newest)
  }, [events, newest, unseenNews, markRead])

  return newIds
}
