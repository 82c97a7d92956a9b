import type { App, Visibility } from '@wave-store/contract'
import { client } from '../../api/client.ts'
import { describeVisibility } from '../visibility.ts'
import type { BulkAction } from './bulk-action.ts'

const visibilities: Record<Visibility, Pick<BulkAction<App>, 'label' | 'what' | 'done'>> = {
  PRIVATE: {
    label: 'Make private',
    what: 'They leave the Catalog. Running instances go on; nobody else can start a new one.',
    done: 'made private',
  },
  ALL_USERS: {
    label: 'Show to all users',
    what: 'Everyone with full access finds them in the Catalog, each name by its newest version, and can run them.',
    done: 'shown to all users',
  },
  PUBLIC: {
    label: 'Make public',
    what: 'As all users, and anyone finds them in the Catalog and reads their pages, without signing in.',
    done: 'made public',
  },
}

/** What can be done with several apps at once, where these visibilities are offered. */
export function appBulkActions(offered: readonly Visibility[]): BulkAction<App>[] {
  const showing = offered.map((visibility) => ({
    ...visibilities[visibility],
    iconName: describeVisibility(visibility).iconName,
    concerns: (app: App) => app.can.update && app.visibility !== visibility,
    act: ({ id }: App) => client.updateApp({ params: { appId: id }, body: { visibility } }),
    isReversible: true,
  }))
  return [
    ...showing,
    {
      label: 'Delete',
      iconName: 'Delete',
      what: 'Their bundles, descriptions and screenshots are lost for good. The same versions can be imported again.',
      done: 'deleted',
      concerns: ({ can }) => can.delete,
      act: ({ id }) => client.deleteApp({ params: { appId: id } }),
    },
  ]
}
