import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { useQuery } from '@tanstack/react-query'
import type { Alias } from '@wave-store/contract'
import { Link, useSearchParams } from 'react-router'
import { allAliasesQuery } from '../../api/alias-queries.ts'
import { t } from '../../i18n/t.ts'
import { Age } from '../../ui/Age.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { holdsWords } from '../../ui/holds-words.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { QueryError } from '../../ui/QueryError.tsx'
import { Table } from '../../ui/Table.tsx'
import { TableSkeleton } from '../../ui/TableSkeleton.tsx'
import table from '../../ui/table.module.css'
import list from '../InstanceList.module.css'
import styles from '../InstancesPage.module.css'
import { GiveBackButton } from './GiveBackButton.tsx'

/** Every name that somebody gave to an instance; for administrators. */
export function AllAliasesPage() {
  const [params, setParams] = useSearchParams()
  const search = params.get('search') ?? ''
  const aliases = useQuery(allAliasesQuery)
  const shown = aliases.data?.filter(({ name, instance, owner }) =>
    holdsWords([name, instance?.appTitle, owner.name, owner.email], search),
  )
  return (
    <>
      <header className={styles.head}>
        <PageTitle title={t('Aliases')} />
        <p>{t('Names that people gave to instances. One that is given back is whoever’s takes it next.')}</p>
      </header>
      <QueryError query={aliases} />
      {aliases.isPending && <TableSkeleton />}
      {aliases.data?.length === 0 && (
        <EmptyState iconName="Link" title={t('Nobody has named an instance')}>
          <p>{t('Who owns an instance gives it a name under Settings on its page.')}</p>
        </EmptyState>
      )}
      {shown && aliases.data && aliases.data.length > 0 && (
        <>
          <search className={list.filter}>
            <SearchBox
              clearButtonProps={{ ariaLabel: t('Clear text') }}
              className={list.search}
              value={search}
              placeholder={t('Name, app or owner')}
              ariaLabel={t('Filter aliases')}
              autoComplete="off"
              maxLength={200}
              onChange={(_, text) => setParams(text ? { search: text } : {}, { replace: true })}
            />
          </search>
          {shown.length === 0 && (
            <p role="status">{t('None of {count} is like that.', { count: aliases.data.length })}</p>
          )}
          {shown.length > 0 && (
            <Table label={t('All aliases')} columns={[t('Name'), t('Leads to'), t('Owner'), t('Since')]} hasActions>
              {shown.map((alias) => (
                <AliasRow key={alias.name} alias={alias} />
              ))}
            </Table>
          )}
        </>
      )}
    </>
  )
}

function AliasRow({ alias }: { alias: Alias }) {
  const { name, url, instance, owner, isPrimary, createdAt } = alias
  return (
    <tr>
      <td>
        <div className={table.chips}>
          <a href={url}>{name}</a>
          {isPrimary && <Chip tone="accent">{t('Primary')}</Chip>}
        </div>
      </td>
      <td data-label={t('Leads to')} dir="auto">
        {instance ? (
          <Link to={`/instances/${instance.id}`}>
            {instance.appTitle} {instance.appVersion}
          </Link>
        ) : (
          t('Nothing: its instance was terminated')
        )}
      </td>
      <td data-label={t('Owner')} dir="auto">
        {owner.name}
      </td>
      <td data-label={t('Since')} className={table.brief}>
        <Age since={createdAt} />
      </td>
      <td>
        <div className={table.actions}>
          <GiveBackButton alias={alias} />
        </div>
      </td>
    </tr>
  )
}
