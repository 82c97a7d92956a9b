import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { formatCpu } from '../ui/format.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { UseBar } from '../ui/UseBar.tsx'
import styles from './UsageCell.module.css'

/** Minutes in an hour: what the history holds. */
const historyPoints = 60
/** A tenth of a core, so that an idle app is a flat line. */
const flatMillis = 100

function cpuLabel({ cpuMillis, cpuHistory }: NonNullable<Instance['usage']>): string {
  const most = Math.max(cpuMillis, ...cpuHistory)
  return t('CPU over the last hour: now {cpu}, at most {cpu2}', {
    cpu: formatCpu(Math.round(cpuMillis)),
    cpu2: formatCpu(Math.round(most)),
  })
}

/** Memory against its limit, and the last hour's CPU. */
export function UsageCell({ instance: { usage, memory } }: { instance: Instance }) {
  if (!usage) return null
  return (
    <div className={styles.usage}>
      <UseBar label={t('Memory')} usedBytes={usage.memoryBytes} limitBytes={memory.limitBytes} />
      <Sparkline label={cpuLabel(usage)} values={usage.cpuHistory} capacity={historyPoints} atLeast={flatMillis} />
    </div>
  )
}
