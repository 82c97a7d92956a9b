import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { Age } from '../ui/Age.tsx'
import { Facts } from '../ui/Facts.tsx'
import { formatBytes, formatTime } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { UseBar } from '../ui/UseBar.tsx'
import { AsleepCard } from './AsleepCard.tsx'
import { BackOffCard } from './BackOffCard.tsx'
import { FailureCard } from './FailureCard.tsx'
import { IdleSection } from './IdleSection.tsx'
import styles from './InstanceOverview.module.css'
import { PhaseStepper } from './PhaseStepper.tsx'
import { SilentCard } from './SilentCard.tsx'

export function InstanceOverview({ instance }: { instance: Instance }) {
  const { failure, phase, silentSince, status } = instance
  const backsOff = phase === 'backing_off'
  return (
    <div className={styles.overview}>
      {status === 'DEPLOYED' && silentSince && <SilentCard since={silentSince} />}
      {backsOff && <BackOffCard instance={instance} />}
      {status === 'PENDING' && !backsOff && <PhaseStepper instance={instance} />}
      {status === 'SUSPENDED' && <AsleepCard instance={instance} />}
      {failure && <FailureCard instance={instance} failure={failure} />}
      {(status === 'DEPLOYED' || status === 'PENDING') && <IdleSection instance={instance} />}
      <InstanceFacts instance={instance} />
    </div>
  )
}

function InstanceFacts({ instance }: { instance: Instance }) {
  const { can, volume, resourceVolumeBytes, usage, memory, lastUsedAt } = instance
  const address = can.open ? (
    <a href={instance.url} target="_blank" rel="noopener">
      {instance.url}
    </a>
  ) : (
    instance.url
  )
  return (
    <Section title={t('Instance')}>
      <Facts
        facts={[
          [t('Address'), address],
          [t('ID'), <code key="id">{instance.id}</code>],
          [t('Launched'), formatTime(instance.createdAt)],
          [t('Started'), <Age key="started" since={instance.startedAt} />],
          [t('Last used'), lastUsedAt ? <Age key="used" since={lastUsedAt} /> : t('not yet')],
          [
            t('Memory'),
            usage ? (
              <UseBar key="memory" label={t('Memory')} usedBytes={usage.memoryBytes} limitBytes={memory.limitBytes} />
            ) : (
              t('at most {limitBytes}', { limitBytes: formatBytes(memory.limitBytes) })
            ),
          ],
          [
            t('Volume'),
            volume &&
              t('{path}, {sizeBytes}, kept until it is terminated', {
                path: volume.path,
                sizeBytes: formatBytes(volume.sizeBytes),
              }),
          ],
          [
            t('Own packages'),
            resourceVolumeBytes === null
              ? null
              : `/resources, ${formatBytes(resourceVolumeBytes)}, kept until it is terminated`,
          ],
        ]}
      />
      {!can.open && <p>{t('Only its owner opens it. You see its status and logs because the app is yours.')}</p>}
    </Section>
  )
}
