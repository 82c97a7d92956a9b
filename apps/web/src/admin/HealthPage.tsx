import { DefaultButton } from '@fluentui/react/lib/Button'
import { useQuery } from '@tanstack/react-query'
import type { PartHealth } from '@wave-store/contract'
import { healthQuery } from '../api/administration-queries.ts'
import { t } from '../i18n/t.ts'
import { Chip, type ChipTone } from '../ui/Chip.tsx'
import { formatExactTime } from '../ui/format.ts'
import { PageTitle } from '../ui/PageTitle.tsx'
import { QueryError } from '../ui/QueryError.tsx'
import { Table } from '../ui/Table.tsx'
import { TableSkeleton } from '../ui/TableSkeleton.tsx'
import styles from './AdminPage.module.css'

const parts: Record<PartHealth['part'], string> = {
  database: t('Database'),
  bundles: t('Storage'),
  catalog: t('Search index'),
  runtime: t('Runtime'),
  environments: t('Python environments'),
  queue: t('Instances'),
  people: t('Sign-in'),
  secrets: t('Secrets'),
  addresses: t('Addresses'),
}

const states: Record<PartHealth['state'], { label: string; tone: ChipTone; iconName: string }> = {
  ok: { label: t('Well'), tone: 'success', iconName: 'CheckMark' },
  warning: { label: t('Look at it'), tone: 'warning', iconName: 'Warning' },
  failed: { label: t('Failed'), tone: 'danger', iconName: 'ErrorBadge' },
}

export function HealthPage() {
  const health = useQuery(healthQuery)
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageTitle title={t('Health')} />
          <p>
            {t('Each part of the store, asked now.{version}', {
              version:
                health.data &&
                t(' Version {dataVersion}, {exacttime}.', {
                  dataVersion: health.data.version,
                  exacttime: formatExactTime(new Date(health.dataUpdatedAt).toISOString()),
                }),
            })}
          </p>
        </div>
        <DefaultButton
          iconProps={{ iconName: 'Refresh' }}
          disabled={health.isFetching}
          allowDisabledFocus
          onClick={() => void health.refetch()}
        >
          {t('Ask again')}
        </DefaultButton>
      </header>
      <QueryError query={health} />
      {health.isPending && <TableSkeleton />}
      {health.data && (
        <Table label={t('Parts of the store')} columns={[t('Part'), t('State'), t('What was found')]}>
          {health.data.items.map(({ part, state, text }) => (
            <tr key={part}>
              <td>
                <strong>{parts[part]}</strong>
              </td>
              <td data-label={t('State')}>
                <Chip tone={states[state].tone} iconName={states[state].iconName}>
                  {states[state].label}
                </Chip>
              </td>
              <td data-label={t('What was found')} className={styles.text}>
                {text}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}
