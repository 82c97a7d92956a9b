import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tokensQuery } from '../api/access-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './AccessPage.module.css'
import { NewTokenPanel } from './NewTokenPanel.tsx'
import { TokenTable } from './TokenTable.tsx'

export function TokensSection() {
  const tokens = useQuery(tokensQuery)
  const [isCreating, setIsCreating] = useState(false)
  const newButton = (
    <PrimaryButton iconProps={{ iconName: 'Permissions' }} onClick={() => setIsCreating(true)}>
      {t('New token')}
    </PrimaryButton>
  )
  return (
    <section className={styles.section} aria-label={t('API tokens')}>
      <header className={styles.sectionHead}>
        <div>
          <h2>{t('API tokens')}</h2>
          <p>{t('With one, a script or CI acts for you, within the token’s scopes, until it expires.')}</p>
        </div>
        {tokens.data?.length !== 0 && newButton}
      </header>
      <QueryError query={tokens} />
      {tokens.isPending && <TableSkeleton />}
      {tokens.data?.length === 0 && (
        <EmptyState iconName="Permissions" title={t('You have no API token')}>
          <p>{t('Programs that run without you need one. The command line does not: it signs in as you.')}</p>
          {newButton}
        </EmptyState>
      )}
      {tokens.data && tokens.data.length > 0 && <TokenTable tokens={tokens.data} />}
      {isCreating && <NewTokenPanel onDismiss={() => setIsCreating(false)} />}
    </section>
  )
}
