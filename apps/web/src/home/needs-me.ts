import type { Instance } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import { inTime } from '../ui/status-line.ts'

export interface Need {
  instance: Instance
  /** What is the matter, and what helps. */
  text: string
  tone: 'danger' | 'warning' | 'info'
}

/** So long before it sleeps it is told. */
const soonMs = 15 * 60_000

/** What of my instances asks for me: what failed first, then what is about to sleep, then what has a newer version. */
export function needsOf(instances: Instance[], now: number): Need[] {
  const needs = instances.flatMap((instance) => needOf(instance, now) ?? [])
  return tones.flatMap((tone) => needs.filter((need) => need.tone === tone))
}

const tones = ['danger', 'warning', 'info'] as const

function needOf(instance: Instance, now: number): Need | null {
  const { failure, idle, newer, phase, silentSince, status } = instance
  if (status === 'FAILED')
    return { instance, tone: 'danger', text: t('Failed: {reason}', { reason: failure?.message ?? t('it ended.') }) }
  if (phase === 'backing_off')
    return { instance, tone: 'danger', text: t('It crashes, and is started again and again.') }
  if (status === 'DEPLOYED' && silentSince) return { instance, tone: 'danger', text: t('It does not answer.') }
  if (idle?.sleepsAt && Date.parse(idle.sleepsAt) - now < soonMs)
    return {
      instance,
      tone: 'warning',
      text: t('Goes to sleep {inTime}, as nobody uses it.', { inTime: inTime(idle.sleepsAt, now) }),
    }
  if (newer)
    return {
      instance,
      tone: 'info',
      text: t('Version {version} is in the Catalog; this one goes on as it is.', { version: newer.version }),
    }
  return null
}
