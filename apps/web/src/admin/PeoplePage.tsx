import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { KnownPerson } from '@wave-store/contract'
import { Link } from 'react-router'
import { peoplePagesQuery } from '../api/administration-queries.ts'
import { useSession } from '../api/session-queries.ts'
import { T } from '../i18n/T.tsx'
import { t } from '../i18n/t.ts'
import { AddressSearch, useAddressSearch } from '../ui/AddressSearch.tsx'
import { Age } from '../ui/Age.tsx'
import { Chip } from '../ui/Chip.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MoreRows } from '../ui/MoreRows.tsx'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { Table } from '../ui/Table.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import table from '../ui/table.module.css'
import styles from './AdminPage.module.css'

/** Everybody who was ever here, whoever vouches for them, with the roles that decide what they may do. */
export function PeoplePage() {
  const search = useAddressSearch()
  const people = useInfiniteQuery({ ...peoplePagesQuery(search), placeholderData: keepPreviousData })
  const shown = people.data?.pages.flatMap((page) => page.items)
  const { localAccounts } = useSession().settings
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('People')} />
          <p>
            {t('Everybody who has signed in, with their roles.')}{' '}
            {localAccounts ? (
              <T text="Roles are changed at their <0>accounts</0>." parts={{ 0: <Link to="/admin/accounts" /> }} />
            ) : (
              t('Roles are changed at the issuer that people come from.')
            )}
          </p>
        </div>
      </header>
      <AddressSearch className={styles.filter} label={t('Search people')} placeholder={t('Name or e-mail address')} />
      <QueryError query={people} />
      {people.isPending && <TableSkeleton />}
      {shown?.length === 0 && (
        <EmptyState iconName="People" title={t('Nobody found for “{search}”', { search })}>
          <p>{t('Try the beginning of a name or of an e-mail address.')}</p>
        </EmptyState>
      )}
      {shown && shown.length > 0 && (
        <Table label={t('People')} columns={[t('Name'), t('May'), t('Roles'), t('Since'), t('Theirs')]}>
          {shown.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </Table>
      )}
      <MoreRows query={people} noun="person" nouns="people" />
    </>
  )
}

function PersonRow({ person }: { person: KnownPerson }) {
  const { adminRole } = useSession().settings
  return (
    <tr>
      <td>
        <div className={table.words}>
          <strong dir="auto">{person.name}</strong>
          <span className={table.small}>{person.email}</span>
        </div>
      </td>
      <td data-label={t('May')}>
        <div className={table.chips}>
          {person.isAdmin && <Chip tone="accent">{t('Administer')}</Chip>}
          {!person.isAdmin && <Chip>{person.hasFullAccess ? t('Full access') : t('Visit')}</Chip>}
          {person.goneSince && (
            <Chip tone="warning" iconName="Blocked">
              {t('No longer signs in')}
            </Chip>
          )}
        </div>
      </td>
      <td data-label={t('Roles')}>
        {person.roles.length > 0 && (
          <div className={table.chips}>
            {person.roles.map((role) => (
              <Chip key={role} tone={role === adminRole ? 'accent' : 'neutral'}>
                {role}
              </Chip>
            ))}
          </div>
        )}
      </td>
      <td data-label={t('Since')} className={table.brief}>
        <Age since={person.createdAt} />
      </td>
      <td data-label={t('Theirs')}>
        <span>
          <Link
            to={`/admin/apps?${new URLSearchParams({ search: person.name })}`}
            aria-label={t('Apps of {name}', { name: person.name })}
          >
            {t('Apps')}
          </Link>
          {', '}
          <Link
            to={`/admin/instances?${new URLSearchParams({ search: person.email || person.name })}`}
            aria-label={t('Instances of {name}', { name: person.name })}
          >
            {t('Instances')}
          </Link>
        </span>
      </td>
    </tr>
  )
}
