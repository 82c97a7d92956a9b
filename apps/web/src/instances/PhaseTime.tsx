import type { Instance } from '@wave-store/contract'
import { formatDuration } from '../ui/format.ts'
import { useNow } from '../ui/use-now.ts'

/** For how long an instance on its way has been so; nothing once it has arrived. */
export function PhaseTime({ instance }: { instance: Pick<Instance, 'status' | 'startedAt'> }) {
  if (instance.status !== 'PENDING') return null
  return <RunningTime since={instance.startedAt} />
}

function RunningTime({ since }: { since: string }) {
  return <span>for {formatDuration(useNow() - Date.parse(since))}</span>
}
