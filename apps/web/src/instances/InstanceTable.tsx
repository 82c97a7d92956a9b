import { IconButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import { Link } from 'react-router'
import { Age } from '../ui/Age.tsx'
import { AppIcon } from '../ui/AppIcon.tsx'
import { StatusChip } from '../ui/StatusChip.tsx'
import { Table } from '../ui/Table.tsx'
import table from '../ui/table.module.css'
import { VisibilityChip } from '../ui/VisibilityChip.tsx'
import { OpenButton } from './OpenButton.tsx'
import { PhaseTime } from './PhaseTime.tsx'
import { RestartButton } from './RestartButton.tsx'
import { TerminateDialog } from './TerminateDialog.tsx'

/** My instances; a row leads to the instance's page. */
export function InstanceTable({ instances }: { instances: Instance[] }) {
  const [terminatedId, setTerminatedId] = useState<string | null>(null)
  const terminated = instances.find(({ id }) => id === terminatedId)
  return (
    <>
      <Table label="My instances" columns={['App', 'Status', 'Visibility', 'Started']} hasActions>
        {instances.map((instance) => (
          <InstanceRow key={instance.id} instance={instance} onTerminate={() => setTerminatedId(instance.id)} />
        ))}
      </Table>
      {terminated && <TerminateDialog instance={terminated} onClose={() => setTerminatedId(null)} />}
    </>
  )
}

function InstanceRow({ instance, onTerminate }: { instance: Instance; onTerminate: () => void }) {
  const { app, can } = instance
  return (
    <tr>
      <td>
        <div className={table.app}>
          <AppIcon app={app} sizePx={40} />
          <div className={table.words}>
            <Link to={`/instances/${instance.id}`} className={table.rowLink} dir="auto">
              {app.title}
            </Link>
            <span className={table.small}>{app.version}</span>
          </div>
        </div>
      </td>
      <td data-label="Status" className={table.brief}>
        <div>
          <StatusChip instance={instance} /> <PhaseTime instance={instance} />
          {instance.status === 'FAILED' && <span className={table.reason}>{instance.failure?.message}</span>}
        </div>
      </td>
      <td data-label="Visibility">
        <VisibilityChip visibility={instance.visibility} />
      </td>
      <td data-label="Started" className={table.brief}>
        <Age since={instance.startedAt} />
      </td>
      <td>
        <div className={table.actions}>
          {can.restart && instance.status === 'FAILED' && <RestartButton instance={instance} />}
          {can.open && instance.status !== 'FAILED' && <OpenButton instance={instance} />}
          {can.terminate && (
            <IconButton
              iconProps={{ iconName: 'Delete' }}
              title="Terminate"
              ariaLabel={`Terminate ${app.title} ${app.version}`}
              onClick={onTerminate}
            />
          )}
        </div>
      </td>
    </tr>
  )
}
