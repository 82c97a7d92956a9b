import { PrimaryButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accountsQuery } from '../api/account-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { t } from '../i18n/t.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import { AccountTable } from './AccountTable.tsx'
import styles from './AdminPage.module.css'
import { NewAccountPanel } from './NewAccountPanel.tsx'

export function AccountsPage() {
  const { settings } = useSession()
  return settings.localAccounts ? <Accounts /> : <ForeignAccounts />
}

function ForeignAccounts() {
  return (
    <>
      <PageTitle title={t('Accounts')} />
      <EmptyState iconName="People" title={t('People come from elsewhere')}>
        <p>
          {t(
            'Whoever the store’s OpenID Connect issuer vouches for signs in here, and the roles that it names decide what they may do. Accounts and roles are changed there.',
          )}
        </p>
      </EmptyState>
    </>
  )
}

function Accounts() {
  const accounts = useQuery(accountsQuery)
  const [isCreating, setIsCreating] = useState(false)
  const newButton = (
    <PrimaryButton iconProps={{ iconName: 'PeopleAdd' }} onClick={() => setIsCreating(true)}>
      {t('New account')}
    </PrimaryButton>
  )
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Accounts')} />
          <p>{t('Everybody who signs in with a password of this store.')}</p>
        </div>
        {accounts.data?.length !== 0 && newButton}
      </header>
      <QueryError query={accounts} />
      {accounts.isPending && <TableSkeleton />}
      {accounts.data?.length === 0 && (
        <EmptyState iconName="People" title={t('Nobody has a password here yet')}>
          <p>
            {t(
              'Accounts with a password are made here. Development accounts are not listed: they need no password, and are off as soon as other machines can reach the store.',
            )}
          </p>
          {newButton}
        </EmptyState>
      )}
      {accounts.data && accounts.data.length > 0 && <AccountTable accounts={accounts.data} />}
      {isCreating && <NewAccountPanel onDismiss={() => setIsCreating(false)} />}
    </>
  )
}
