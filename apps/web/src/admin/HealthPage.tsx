import { DefaultButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import type { PartHealth } from '@wave-store/contract'
import { healthQuery } from '../api/administration-queries.ts'
import { Chip, type ChipTone } from '../ui/Chip.tsx'
import { formatExactTime } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { Table } from '../ui/Table.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './AdminPage.module.css'

const parts: Record<PartHealth['part'], string> = {
  database: 'Database',
  bundles: 'Storage',
  catalog: 'Search index',
  runtime: 'Runtime',
  environments: 'Python environments',
  queue: 'Instances',
  people: 'Sign-in',
  secrets: 'Secrets',
  addresses: 'Addresses',
}

const states: Record<PartHealth['state'], { label: string; tone: ChipTone; iconName: string }> = {
  ok: { label: 'Well', tone: 'success', iconName: 'CheckMark' },
  warning: { label: 'Look at it', tone: 'warning', iconName: 'Warning' },
  failed: { label: 'Failed', tone: 'danger', iconName: 'ErrorBadge' },
}

export function HealthPage() {
  const health = useQuery(healthQuery)
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title="Health" />
          <p>
            Each part of the store, asked now.
            {health.data &&
              ` Version ${health.data.version}, ${formatExactTime(new Date(health.dataUpdatedAt).toISOString())}.`}
          </p>
        </div>
        <DefaultButton
          iconProps={{ iconName: 'Refresh' }}
          disabled={health.isFetching}
          allowDisabledFocus
          onClick={() => void health.refetch()}
        >
          Ask again
        </DefaultButton>
      </header>
      <QueryError query={health} />
      {health.isPending && <TableSkeleton />}
      {health.data && (
        <Table label="Parts of the store" columns={['Part', 'State', 'What was found']}>
          {health.data.items.map(({ part, state, text }) => (
            <tr key={part}>
              <td>
                <strong>{parts[part]}</strong>
              </td>
              <td data-label="State">
                <Chip tone={states[state].tone} iconName={states[state].iconName}>
                  {states[state].label}
                </Chip>
              </td>
              <td data-label="What was found" className={styles.text}>
                {text}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}
