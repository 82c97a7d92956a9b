import type { Instance } from '@wave-store/contract'
import { Age } from '../ui/Age.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatBytes, formatTime } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { FailureCard } from './FailureCard.tsx'
import styles from './InstanceOverview.module.css'
import { PhaseStepper } from './PhaseStepper.tsx'

export function InstanceOverview({ instance }: { instance: Instance }) {
  const { volume } = instance
  return (
    <div className={styles.overview}>
      {instance.status === 'PENDING' && <PhaseStepper instance={instance} />}
      {instance.failure && <FailureCard instance={instance} failure={instance.failure} />}
      <Section title="Instance">
        <Facts
          facts={[
            [
              'Address',
              instance.can.open ? (
                <a key="address" href={instance.url} target="_blank" rel="noopener">
                  {instance.url}
                </a>
              ) : (
                instance.url
              ),
            ],
            ['ID', <code key="id">{instance.id}</code>],
            ['Launched', formatTime(instance.createdAt)],
            ['Started', <Age key="started" since={instance.startedAt} />],
            ['Volume', volume && `${volume.path}, ${formatBytes(volume.sizeBytes)}, kept until it is terminated`],
          ]}
        />
        {!instance.can.open && <p>Only its owner opens it. You see its status and logs because the app is yours.</p>}
      </Section>
    </div>
  )
}
