import { DefaultButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ownSessionsQuery } from '../api/access-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './AccessPage.module.css'
import { SessionTable } from './SessionTable.tsx'
import { SignOutEverywhereDialog } from './SignOutEverywhereDialog.tsx'

export function SessionsSection() {
  const sessions = useQuery(ownSessionsQuery)
  const [isEndingAll, setIsEndingAll] = useState(false)
  return (
    <section className={styles.section} aria-label={t('Where you are signed in')}>
      <header className={styles.sectionHead}>
        <div>
          <h2>{t('Where you are signed in')}</h2>
          <p>{t('Sign out wherever you do not know it, and let whoever runs the store know.')}</p>
        </div>
        <DefaultButton iconProps={{ iconName: 'SignOut' }} onClick={() => setIsEndingAll(true)}>
          {t('Sign out everywhere')}
        </DefaultButton>
      </header>
      <QueryError query={sessions} />
      {sessions.isPending && <TableSkeleton />}
      {sessions.data?.length === 0 && (
        <EmptyState iconName="Devices2" title={t('No sign-in is kept')}>
          <p>{t('Nothing is signed in as you any more.')}</p>
        </EmptyState>
      )}
      {sessions.data && sessions.data.length > 0 && <SessionTable sessions={sessions.data} />}
      {isEndingAll && <SignOutEverywhereDialog onDismiss={() => setIsEndingAll(false)} />}
    </section>
  )
}
