import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import type { Secret } from '@wave-store/contract'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { secretsQuery } from '../api/secret-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { NotFoundPage } from '../shell/NotFoundPage.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { EditSecretPanel } from './EditSecretPanel.tsx'
import { NewSecretPanel } from './NewSecretPanel.tsx'
import styles from './SecretsPage.module.css'
import { SecretTable } from './SecretTable.tsx'

export function SecretsPage() {
  const { can } = useSession()
  return can.importApps ? <Secrets /> : <NotFoundPage />
}

function Secrets() {
  const secrets = useQuery(secretsQuery('usable'))
  const [isCreating, setIsCreating] = useState(false)
  const own = secrets.data?.items.filter(({ kind }) => kind === 'own')
  const shared = secrets.data?.items.filter(({ kind }) => kind === 'shared') ?? []
  const newButton = (
    <PrimaryButton iconProps={{ iconName: 'Lock' }} onClick={() => setIsCreating(true)}>
      {t('New secret')}
    </PrimaryButton>
  )
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Secrets')} />
          <p>{t('Passwords, tokens and keys for your apps. Once kept, a value is shown to nobody, you included.')}</p>
        </div>
        {own?.length !== 0 && newButton}
      </header>
      <QueryError query={secrets} />
      {secrets.isPending && <TableSkeleton />}
      {own?.length === 0 && (
        <EmptyState iconName="Lock" title={t('You have no secrets yet')}>
          <p>
            {t('An app asks for one by name, under [[Env]] or [[File]] of its manifest, and gets it when it starts.')}
          </p>
          {newButton}
        </EmptyState>
      )}
      {own && own.length > 0 && <SecretTable label={t('My secrets')} secrets={own} />}
      {shared.length > 0 && (
        <section className={styles.shared} aria-label={t('Shared secrets')}>
          <h2>{t('Shared with your apps')}</h2>
          <p>{t('Administrators look after these. One of your own with the same name goes before it.')}</p>
          <SecretTable label={t('Shared secrets')} secrets={shared} />
        </section>
      )}
      {isCreating && <NewSecretPanel kind="own" onDismiss={() => setIsCreating(false)} />}
      {own && <AskedSecret own={own} />}
    </>
  )
}

/** A link from an app names what it asks for: `?name=db&key=url&key=password`. */
function AskedSecret({ own }: { own: Secret[] }) {
  const [search, setSearch] = useSearchParams()
  const name = search.get('name')
  if (!name) return null
  const keys = search.getAll('key')
  const known = own.find((secret) => secret.name === name)
  const end = () => setSearch({}, { replace: true })
  if (known) return <EditSecretPanel secret={known} askedKeys={keys} onDismiss={end} />
  return <NewSecretPanel kind="own" asked={{ name, keys }} onDismiss={end} />
}
