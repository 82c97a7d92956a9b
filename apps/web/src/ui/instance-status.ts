import type { Instance, InstanceStatus, Phase } from '@wave-store/contract'
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
      return 'Queued'
    case 'sourcing':
      return 'Fetching'
    case 'installing':
      return 'Installing'
    case 'starting':
      return 'Starting'
    case 'running':
      return 'Running'
    case 'exited':
      return 'Ended'
    case 'stopping':
      return 'Stopping'
    case 'backing_off':
      return 'Waiting after a crash'
  }
}

/** Word, sign and colour of a status. */
export function describeStatus(status: InstanceStatus): StatusLook {
  switch (status) {
    case 'PENDING':
      return { label: 'Starting', iconName: 'Clock', tone: 'info' }
    case 'DEPLOYED':
      return { label: 'Running', iconName: 'Completed', tone: 'success' }
    case 'FAILED':
      return { label: 'Failed', iconName: 'ErrorBadge', tone: 'danger' }
    case 'SUSPENDED':
      return { label: 'Asleep', iconName: 'ClearNight', tone: 'neutral' }
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
    return { label: status === 'SUSPENDED' ? 'Going to sleep' : phaseLabel(phase), iconName: 'Clock', tone: 'neutral' }
  if (status === 'DEPLOYED' && silentSince) return { label: 'Not answering', iconName: 'Warning', tone: 'warning' }
  return look
}
