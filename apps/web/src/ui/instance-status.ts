import type { InstanceStatus, Phase } from '@wave-store/contract'
import type { ChipTone } from './Chip.tsx'

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

/** Word, sign and colour of a status; while an instance is on its way, its phase says more than the status. */
export function describeStatus(status: InstanceStatus): { label: string; iconName: string; tone: ChipTone } {
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
