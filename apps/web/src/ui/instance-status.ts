import type { Instance, InstanceStatus, Phase } from '@wave-store/contract'
import { t } from '../i18n/t.ts'
import type { ChipTone } from './Chip.tsx'

export interface StatusLook {
  label: string
  iconName: string
  tone: ChipTone
}

/** What a phase is called. */
export function phaseLabel(phase: Phase): string {
  switch (phase) {
    case 'queued':
      return t('Queued')
    case 'sourcing':
      return t('Fetching')
    case 'installing':
      return t('Installing')
    case 'starting':
      return t('Starting')
    case 'running':
      return t('Running')
    case 'exited':
      return t('Ended')
    case 'stopping':
      return t('Stopping')
    case 'backing_off':
      return t('Waiting after a crash')
  }
}

/** Word, sign and colour of a status. */
export function describeStatus(status: InstanceStatus): StatusLook {
  switch (status) {
    case 'PENDING':
      return { label: t('Starting'), iconName: 'Clock', tone: 'info' }
    case 'DEPLOYED':
      return { label: t('Running'), iconName: 'Completed', tone: 'success' }
    case 'FAILED':
      return { label: t('Failed'), iconName: 'ErrorBadge', tone: 'danger' }
    case 'SUSPENDED':
      return { label: t('Asleep'), iconName: 'ClearNight', tone: 'neutral' }
  }
}

/** The same of an instance, whose phase, or silence, may say more than its status. */
export function describeInstance({
  status,
  phase,
  silentSince,
}: Pick<Instance, 'status' | 'phase' | 'silentSince'>): StatusLook {
  const look = describeStatus(status)
  if (phase === 'backing_off') return { label: phaseLabel(phase), iconName: 'Warning', tone: 'warning' }
  if (status === 'PENDING') return { ...look, label: phaseLabel(phase) }
  if (phase === 'stopping')
    return {
      label: status === 'SUSPENDED' ? t('Going to sleep') : phaseLabel(phase),
      iconName: 'Clock',
      tone: 'neutral',
    }
  if (status === 'DEPLOYED' && silentSince) return { label: t('Not answering'), iconName: 'Warning', tone: 'warning' }
  return look
}
