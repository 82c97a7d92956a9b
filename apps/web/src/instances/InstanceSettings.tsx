import { DefaultButton } from '@fluentui/react/lib/Button'
import type { Instance } from '@wave-store/contract'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { t } from '../i18n/t.ts'
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
        <Section title={t('Visibility')}>
          <InstanceVisibilityForm instance={instance} />
        </Section>
      )}
      <AddressSection instance={instance} />
      {can.terminate && (
        <Section title={t('Terminate')} tone="danger">
          <p>
            {t('Ends this instance for good, with its logs{volume}.', {
              volume:
                volume &&
                t(' and its volume {path} ({sizeBytes})', {
                  path: volume.path,
                  sizeBytes: formatBytes(volume.sizeBytes),
                }),
            })}
          </p>
          <div>
            <DefaultButton iconProps={{ iconName: 'Delete' }} onClick={() => setIsTerminating(true)}>
              {t('Terminate instance')}
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
