import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import type { Secret } from '@wave-store/contract'
import { useState } from 'react'
import { secretsQuery } from '../api/secret-queries.ts'
import { t } from '../i18n/t.ts'
import { NewSecretPanel } from '../secrets/NewSecretPanel.tsx'
import styles from '../secrets/SecretsPage.module.css'
import { SecretTable } from '../secrets/SecretTable.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'

export function SecretsAdminPage() {
  const secrets = useQuery(secretsQuery('all'))
  const [isCreating, setIsCreating] = useState(false)
  const shared = secrets.data?.items.filter(({ kind }) => kind === 'shared')
  const own = secrets.data?.items.filter(({ kind }) => kind === 'own') ?? []
  const newButton = secrets.data?.can.createShared && (
    <PrimaryButton iconProps={{ iconName: 'Lock' }} onClick={() => setIsCreating(true)}>
      {t('New shared secret')}
    </PrimaryButton>
  )
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Shared secrets')} />
          <p>{t('For the apps of everybody, or of some. Values are shown to nobody.')}</p>
        </div>
        {shared?.length !== 0 && newButton}
      </header>
      <QueryError query={secrets} />
      {secrets.isPending && <TableSkeleton />}
      {shared?.length === 0 && (
        <EmptyState iconName="Lock" title={t('There is no shared secret yet')}>
          <p>{t('What many apps need alike, such as the way to a database, is kept once for all of them.')}</p>
          {newButton}
        </EmptyState>
      )}
      {shared && shared.length > 0 && (
        <SecretTable
          label={t('Shared secrets')}
          secrets={shared}
          more={{ column: t('For apps of'), cell: describeAudience }}
        />
      )}
      {own.length > 0 && (
        <section className={styles.shared} aria-label={t('Secrets of people')}>
          <h2>{t('Secrets of people')}</h2>
          <p>{t('Names and keys of what people keep for their own apps.')}</p>
          <SecretTable
            label={t('Secrets of people')}
            secrets={own}
            more={{ column: t('Owner'), cell: ({ owner }) => <span dir="auto">{owner?.name}</span> }}
          />
        </section>
      )}
      {isCreating && <NewSecretPanel kind="shared" onDismiss={() => setIsCreating(false)} />}
    </>
  )
}

function describeAudience({ audience, audiencePeople }: Secret) {
  if (audience?.kind !== 'some') return 'Everybody'
  const names = [...audiencePeople.map(({ name }) => name), ...audience.apps]
  return names.length > 0 ? <span dir="auto">{names.join(', ')}</span> : t('Nobody')
}
