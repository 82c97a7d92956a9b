import { IconButton } from '@fluentui/react/lib/Button'
import { SearchBox } from '@fluentui/react/lib/SearchBox'
import { useQuery } from '@tanstack/react-query'
import { type Alias, foldText } from '@wave-store/contract'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { allAliasesQuery } from '../../api/alias-queries.ts'
import { Age } from '../../ui/Age.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { QueryError } from '../../ui/QueryError.tsx'
import { Table } from '../../ui/Table.tsx'
import { TableSkeleton } from '../../ui/TableSkeleton.tsx'
import table from '../../ui/table.module.css'
import list from '../InstanceList.module.css'
import styles from '../InstancesPage.module.css'
import { GiveBackDialog } from './GiveBackDialog.tsx'

/** Every name that somebody gave to an instance; for administrators. */
export function AllAliasesPage() {
  const [params, setParams] = useSearchParams()
  const search = params.get('search') ?? ''
  const aliases = useQuery(allAliasesQuery)
  const [returned, setReturned] = useState<Alias | null>(null)
  const shown = aliases.data && holding(aliases.data, search)
  return (
    <>
      <header className={styles.head}>
        <PageTitle title="Aliases" />
        <p>Names that people gave to instances. One that is given back is whoever’s takes it next.</p>
      </header>
      <QueryError query={aliases} />
      {aliases.isPending && <TableSkeleton />}
      {aliases.data?.length === 0 && (
        <EmptyState iconName="Link" title="Nobody has named an instance">
          <p>Who owns an instance gives it a name under Settings on its page.</p>
        </EmptyState>
      )}
      {shown && aliases.data.length > 0 && (
        <>
          <search className={list.filter}>
            <SearchBox
              className={list.search}
              value={search}
              placeholder="Name, app or owner"
              ariaLabel="Filter aliases"
              autoComplete="off"
              maxLength={200}
              onChange={(_, text) => setParams(text ? { search: text } : {}, { replace: true })}
            />
          </search>
          {shown.length === 0 && <p role="status">None of {aliases.data.length} is like that.</p>}
          {shown.length > 0 && (
            <Table label="All aliases" columns={['Name', 'Leads to', 'Owner', 'Since']} hasActions>
              {shown.map((alias) => (
                <AliasRow key={alias.name} alias={alias} onGiveBack={() => setReturned(alias)} />
              ))}
            </Table>
          )}
        </>
      )}
      {returned && <GiveBackDialog alias={returned} onDismiss={() => setReturned(null)} />}
    </>
  )
}

function AliasRow({ alias, onGiveBack }: { alias: Alias; onGiveBack: () => void }) {
  const { name, url, instance, owner, isPrimary, createdAt } = alias
  return (
    <tr>
      <td>
        <div className={table.chips}>
          <a href={url}>{name}</a>
          {isPrimary && <Chip tone="accent">Primary</Chip>}
        </div>
      </td>
      <td data-label="Leads to" dir="auto">
        {instance ? (
          <Link to={`/instances/${instance.id}`}>
            {instance.appTitle} {instance.appVersion}
          </Link>
        ) : (
          'Nothing: its instance was terminated'
        )}
      </td>
      <td data-label="Owner" dir="auto">
        {owner.name}
      </td>
      <td data-label="Since" className={table.brief}>
        <Age since={createdAt} />
      </td>
      <td>
        <div className={table.actions}>
          {alias.can.delete && (
            <IconButton
              iconProps={{ iconName: 'Delete' }}
              title="Give back"
              ariaLabel={`Give back ${name}`}
              onClick={onGiveBack}
            />
          )}
        </div>
      </td>
    </tr>
  )
}

function holding(aliases: Alias[], search: string): Alias[] {
  const words = foldText(search).split(/\s+/).filter(Boolean)
  return aliases.filter(({ name, instance, owner }) => {
    const text = foldText([name, instance?.appTitle, owner.name, owner.email].join(' '))
    return words.every((word) => text.includes(word))
  })
}
