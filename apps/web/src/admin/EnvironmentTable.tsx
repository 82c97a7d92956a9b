import { IconButton } from '@fluentui/react/lib/Button'
import type { Environment } from '@wave-store/contract'
import { useState } from 'react'
import { Link } from 'react-router'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { formatBytes, formatCount } from '../ui/format.ts'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { PackagesPanel } from './PackagesPanel.tsx'
import { RebuildDialog } from './RebuildDialog.tsx'

type Begun = { action: 'look' | 'rebuild'; key: string }

export function EnvironmentTable({ environments }: { environments: Environment[] }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const environment = environments.find(({ key }) => key === begun?.key)
  const end = () => setBegun(null)
  return (
    <>
      <Table
        label={t('Environments')}
        columns={[t('Environment'), t('Apps'), t('Size'), t('Built'), t('Last used')]}
        hasActions
      >
        {environments.map((one) => (
          <EnvironmentRow key={one.key} environment={one} onBegin={setBegun} />
        ))}
      </Table>
      {environment && begun?.action === 'look' && <PackagesPanel environment={environment} onDismiss={end} />}
      {environment && begun?.action === 'rebuild' && <RebuildDialog environment={environment} onDismiss={end} />}
    </>
  )
}

interface EnvironmentRowProps {
  environment: Environment
  onBegin: (begun: Begun) => void
}

function EnvironmentRow({ environment, onBegin }: EnvironmentRowProps) {
  const { key, python, sizeBytes, builtAt, lastUsedAt, instanceCount, apps } = environment
  const name = key.slice(0, 12)
  return (
    <tr>
      <td>
        <code title={key}>{name}</code>
        <div className={table.small}>{t('Python {python}', { python })}</div>
      </td>
      <td data-label={t('Apps')}>
        {apps.map(({ id, title, version }) => (
          <div key={id} dir="auto">
            <Link to={`/apps/${id}`}>{title}</Link> {version}
          </div>
        ))}
        <div className={table.small}>
          {instanceCount > 0
            ? t('{instanceCount} running', { instanceCount: formatCount(instanceCount, 'instance') })
            : t('No instance runs in it')}
        </div>
      </td>
      <td data-label={t('Size')} className={table.brief}>
        {formatBytes(sizeBytes)}
      </td>
      <td data-label={t('Built')} className={table.brief}>
        <Age since={builtAt} />
      </td>
      <td data-label={t('Last used')} className={table.brief}>
        <Age since={lastUsedAt} />
      </td>
      <td>
        <div className={table.actions}>
          <IconButton
            iconProps={{ iconName: 'BulletedList' }}
            title={t('What is installed')}
            ariaLabel={t('What is installed in {name}', { name })}
            onClick={() => onBegin({ action: 'look', key })}
          />
          <IconButton
            iconProps={{ iconName: 'Refresh' }}
            title={t('Build anew')}
            ariaLabel={t('Build {name} anew', { name })}
            onClick={() => onBegin({ action: 'rebuild', key })}
          />
        </div>
      </td>
    </tr>
  )
}
