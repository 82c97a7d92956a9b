import { Dropdown, type IDropdownOption } from '@fluentui/react/lib/Dropdown'
import { useQuery } from '@tanstack/react-query'
import type { getCleanUp, OperationResult, Person } from '@wave-store/contract'
import { useSearchParams } from 'react-router'
import { cleanUpQuery } from '../../api/administration-queries.ts'
import { t } from '../../i18n/t.ts'
import { deleteApps, showAppsTo } from '../../ui/bulk/app-actions.ts'
import { transferQuestion } from '../../ui/bulk/TransferQuestion.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatCount } from '../../ui/format.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { QueryError } from '../../ui/QueryError.tsx'
import { TableSkeleton } from '../../ui/TableSkeleton.tsx'
import { list } from '../../ui/what-stays.ts'
import styles from '../AdminPage.module.css'
import { LeftApps } from './LeftApps.tsx'
import { LeftInstances } from './LeftInstances.tsx'

const spans = [7, 30, 90, 365]
const usualDays = 30
const options: IDropdownOption<number>[] = spans.map((days) => ({
  key: days,
  text: t('Unused for {days}', { days: formatCount(days, 'day') }),
  data: days,
}))

/** What may be no longer needed. Nothing of it goes by itself. */
export function CleanUpPage() {
  const [params, setParams] = useSearchParams()
  const days = spans.find((span) => String(span) === params.get('days')) ?? usualDays
  const found = useQuery(cleanUpQuery(days))
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Clean up')} />
          <p>{t('What may be no longer needed. Nothing goes by itself; choose what does.')}</p>
        </div>
        <Dropdown
          ariaLabel={t('What counts as idle')}
          selectedKey={days}
          options={options}
          dropdownWidth="auto"
          onChange={(_, option) => setParams({ days: String(option?.data ?? usualDays) }, { replace: true })}
        />
      </header>
      <QueryError query={found} />
      {found.isPending && <TableSkeleton />}
      {found.data && <Found {...found.data} days={days} />}
    </>
  )
}

function Found(props: OperationResult<typeof getCleanUp> & { days: number }) {
  const { days, idleInstances, gonePeople, goneApps, goneInstances, superseded } = props
  if (idleInstances.length + goneApps.length + goneInstances.length + superseded.length === 0)
    return (
      <EmptyState iconName="Broom" title={t('Nothing to clean up')}>
        <p>
          {t(
            'No instance is unused for {days}, nobody who is gone left anything, and no version has been superseded.',
            { days: formatCount(days, 'day') },
          )}
        </p>
      </EmptyState>
    )
  return (
    <>
      {idleInstances.length > 0 && (
        <LeftInstances
          title={t('Idle instances')}
          text={t('Nobody has used them for {days}, nor started them anew.', { days: formatCount(days, 'day') })}
          instances={idleInstances}
        />
      )}
      {goneApps.length > 0 && (
        <LeftApps
          title={t('Apps of people who are gone')}
          text={t('{names} can no longer sign in. Give the names to somebody who looks after them.', {
            names: names(gonePeople),
          })}
          apps={goneApps}
          actions={[transferQuestion, showAppsTo('PRIVATE')]}
        />
      )}
      {goneInstances.length > 0 && (
        <LeftInstances
          title={t('Instances of people who are gone')}
          text={t('{names} can no longer sign in, but who may open these still does.', { names: names(gonePeople) })}
          instances={goneInstances}
        />
      )}
      {superseded.length > 0 && (
        <LeftApps
          title={t('Superseded versions')}
          text={t(
            'Private, older than the version in the Catalog, and without instances. One that is deleted cannot be rolled back to.',
          )}
          apps={superseded}
          actions={[deleteApps]}
        />
      )}
    </>
  )
}

function names(people: Person[]): string {
  return list(people.map(({ name }) => name))
}
