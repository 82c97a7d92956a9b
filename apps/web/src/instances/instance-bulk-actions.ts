import type { Instance } from '@wave-store/contract'
import type { BulkAction } from '../api/bulk.ts'
import { ownDataOf } from './what-stays.ts'

/** Which of the chosen ones an action is for. */
export function concerned(action: BulkAction, instances: Instance[]): Instance[] {
  return instances.filter(({ can, status }) => can[action] && !(action === 'suspend' && status === 'FAILED'))
}

/** What one of them loses for good; undefined: nothing that it keeps. */
export function lossOf(action: BulkAction, instance: Pick<Instance, 'volume' | 'resourceVolumeBytes'>) {
  const own = ownDataOf(instance)
  if (action === 'terminate') return own.length > 0 ? `loses ${own.join(' and ')}` : 'has no volume'
  return own.length > 0 ? `keeps ${own.join(' and ')}` : 'keeps no file'
}
