import type { Instance } from '@wave-store/contract'
import { client } from '../../api/client.ts'
import { t } from '../../i18n/t.ts'
import { list, ownDataOf } from '../what-stays.ts'
import type { BulkAction } from './bulk-action.ts'

/** What can be done with several instances at once. */
export const instanceBulkActions: BulkAction<Instance>[] = [
  {
    label: t('Pause'),
    iconName: 'Pause',
    what: t(
      'Their processes end, and what they hold in memory is lost with every file outside their volumes. A visit wakes them.',
    ),
    done: t('paused'),
    concerns: ({ can, status }) => can.suspend && status !== 'FAILED',
    act: ({ id }) => client.suspendInstance({ params: { instanceId: id } }),
    note: (instance) => told(instance, t('keeps'), t('keeps no file')),
  },
  {
    label: t('Resume'),
    iconName: 'Play',
    what: t('They start again, one after the other.'),
    done: t('waking up'),
    concerns: ({ can }) => can.resume,
    act: ({ id }) => client.resumeInstance({ params: { instanceId: id } }),
  },
  {
    label: t('Terminate'),
    iconName: 'Delete',
    what: t('They end for good, and their addresses and logs go with them.'),
    done: t('terminated'),
    concerns: ({ can }) => can.terminate,
    act: ({ id }) => client.terminateInstance({ params: { instanceId: id } }),
    note: (instance) => told(instance, t('loses'), t('has no volume')),
    typeToConfirm: (instances) =>
      instances.some((instance) => ownDataOf(instance).length > 0)
        ? t('terminate {count}', { count: instances.length })
        : undefined,
  },
]

function told(instance: Instance, verb: string, nothing: string): string {
  const own = ownDataOf(instance)
  return own.length > 0 ? `${verb} ${list(own)}` : nothing
}
