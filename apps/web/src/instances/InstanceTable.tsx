import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { BulkBar } from '../ui/bulk/BulkBar.tsx'
import { instanceBulkActions } from '../ui/bulk/instance-actions.ts'
import { useSelection } from '../ui/bulk/use-selection.ts'
import { Table } from '../ui/Table.tsx'
import type { InstanceQuestion } from './InstanceActions.tsx'
import { InstanceRow } from './InstanceRow.tsx'
import styles from './InstanceTable.module.css'
import { SuspendDialog } from './SuspendDialog.tsx'
import { TerminateDialog } from './TerminateDialog.tsx'

const columns = [t('App'), t('Status'), t('Visibility'), t('Started'), t('Last used'), t('Memory, CPU')]
const columnsWithOwner = columns.toSpliced(1, 0, t('Owner'))

interface InstanceTableProps {
  instances: Instance[]
  label: string
  showsOwner: boolean
}

/** A row leads to the instance's page, and several can be chosen to do one thing with all of them. */
export function InstanceTable({ instances, label, showsOwner }: InstanceTableProps) {
  const [asked, setAsked] = useState<{ question: InstanceQuestion; instanceId: string } | null>(null)
  const selection = useSelection(instances)
  const about = instances.find(({ id }) => id === asked?.instanceId)
  const endAsking = () => setAsked(null)

  return (
    <div className={showsOwner ? styles.everybodys : styles.own}>
      <BulkBar
        noun="instance"
        selection={selection}
        total={instances.length}
        actions={instanceBulkActions}
        nameOf={({ app }) => `${app.title} ${app.version}`}
      />
      <Table label={label} columns={showsOwner ? columnsWithOwner : columns} hasActions>
        {instances.map((instance) => (
          <InstanceRow
            key={instance.id}
            instance={instance}
            selection={selection}
            showsOwner={showsOwner}
            onAsk={(question) => setAsked({ question, instanceId: instance.id })}
          />
        ))}
      </Table>
      {about && asked?.question === 'suspend' && <SuspendDialog instance={about} onClose={endAsking} />}
      {about && asked?.question === 'terminate' && <TerminateDialog instance={about} onClose={endAsking} />}
    </div>
  )
}
