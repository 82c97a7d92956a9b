import { t } from '../i18n/t.ts'
import { formatNumber } from '../ui/format.ts'
import { Section } from '../ui/Section.tsx'
import { UseBar } from '../ui/UseBar.tsx'
import type { PlatformMetrics } from './UsagePage.tsx'
import styles from './UsageTotals.module.css'

const states = [
  ['deployed', t('Running')],
  ['pending', t('Starting')],
  ['queued', t('Waiting')],
  ['suspended', t('Asleep')],
  ['failed', t('Failed')],
] as const

/** How things stand now: instances by status, memory, disk. */
export function UsageTotals({ metrics: { instances, memory, disk } }: { metrics: PlatformMetrics }) {
  return (
    <div className={styles.totals}>
      <Section title={t('Instances')}>
        <dl className={styles.counts}>
          {states.map(([state, label]) => (
            <div key={state}>
              <dt>{label}</dt>
              <dd>{formatNumber(instances[state])}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('Memory')}>
        <Share label={t('Reserved by instances')} used={memory.reservedBytes} of={memory.capacityBytes} />
        <Share label={t('In use')} used={memory.usedBytes} of={memory.capacityBytes} />
        <p className={styles.hint}>
          {t('An instance whose reservation does not fit into the capacity waits in the queue.')}
        </p>
      </Section>
      <Section title={t('Disk')}>
        <Share label={t('In use')} used={disk.totalBytes - disk.freeBytes} of={disk.totalBytes} />
      </Section>
    </div>
  )
}

function Share({ label, used, of }: { label: string; used: number; of: number }) {
  return (
    <div>
      <span aria-hidden="true">{label}</span>
      <UseBar label={label} usedBytes={used} limitBytes={of} />
    </div>
  )
}
