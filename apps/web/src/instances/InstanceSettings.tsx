import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { formatBytes } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { AddressSection } from './aliases/AddressSection.tsx'
import styles from './InstanceSettings.module.css'
import { InstanceVisibilityForm } from './InstanceVisibilityForm.tsx'
import { TerminateDialog } from './TerminateDialog.tsx'

export function InstanceSettings({ instance }: { instance: Instance }) {
  const [isTerminating, setIsTerminating] = useState(false)
  const navigate = useNavigate()
  const { can, volume } = instance
  return (
    <div className={styles.settings}>
      {can.update && (
        <Section title="Visibility">
          <InstanceVisibilityForm instance={instance} />
        </Section>
      )}
      <AddressSection instance={instance} />
      {can.terminate && (
        <Section title="Terminate" tone="danger">
          <p>
            Ends this instance for good, with its logs
            {volume && ` and its volume ${volume.path} (${formatBytes(volume.sizeBytes)})`}.
          </p>
          <div>
            <DefaultButton iconProps={{ iconName: 'Delete' }} onClick={() => setIsTerminating(true)}>
              Terminate instance
            </DefaultButton>
          </div>
        </Section>
      )}
      {isTerminating && (
        <TerminateDialog
          instance={instance}
          onClose={() => setIsTerminating(false)}
          onTerminated={() => navigate('/instances', { replace: true })}
        />
      )}
    </div>
  )
}
