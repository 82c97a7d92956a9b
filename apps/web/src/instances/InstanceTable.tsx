import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import { Table } from '../ui/Table.tsx'
import { BulkBar } from './BulkBar.tsx'
import type { InstanceQuestion } from './InstanceActions.tsx'
import { InstanceRow } from './InstanceRow.tsx'
import styles from './InstanceTable.module.css'
import { SuspendDialog } from './SuspendDialog.tsx'
import { TerminateDialog } from './TerminateDialog.tsx'

const columns = ['App', 'Status', 'Visibility', 'Started', 'Last used', 'Memory, CPU']

/** My instances; a row leads to the instance's page, and several can be chosen to do one thing with all of them. */
export function InstanceTable({ instances }: { instances: Instance[] }) {
  const [asked, setAsked] = useState<{ question: InstanceQuestion; instanceId: string } | null>(null)
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set())
  const about = instances.find(({ id }) => id === asked?.instanceId)
  const selected = instances.filter(({ id }) => selectedIds.has(id))
  const endAsking = () => setAsked(null)

  function select(id: string, isSelected: boolean) {
    const next = new Set(selectedIds)
    if (isSelected) next.add(id)
    else next.delete(id)
    setSelectedIds(next)
  }

  return (
    <div className={styles.table}>
      <BulkBar
        selected={selected}
        total={instances.length}
        onSelectAll={() => setSelectedIds(new Set(instances.map(({ id }) => id)))}
        onClear={() => setSelectedIds(new Set())}
      />
      <Table label="My instances" columns={columns} hasActions>
        {instances.map((instance) => (
          <InstanceRow
            key={instance.id}
            instance={instance}
            isSelected={selectedIds.has(instance.id)}
            onSelect={(isSelected) => select(instance.id, isSelected)}
            onAsk={(question) => setAsked({ question, instanceId: instance.id })}
          />
        ))}
      </Table>
      {about && asked?.question === 'suspend' && <SuspendDialog instance={about} onClose={endAsking} />}
      {about && asked?.question === 'terminate' && <TerminateDialog instance={about} onClose={endAsking} />}
    </div>
  )
}
