import type { Phase } from '@wave-store/contract'

export const startSteps = [
  { name: 'Queued', now: 'Waiting for its turn' },
  { name: 'Fetching', now: 'Fetching the code of the app' },
  { name: 'Installing', now: 'Installing what the app needs' },
  { name: 'Starting', now: 'Starting the app' },
] as const

/** The step that a phase belongs to. An app that runs, or ended and is tried again, is still starting until it answers. */
export function stepOf(phase: Phase): number {
  switch (phase) {
    case 'queued':
    case 'backing_off':
      return 0
    case 'sourcing':
      return 1
    case 'installing':
      return 2
    case 'starting':
    case 'running':
    case 'exited':
    case 'stopping':
      return 3
  }
}
