import type { App, Visibility } from '@wave-store/contract'
import { client } from '../../api/client.ts'
import { t } from '../../i18n/t.ts'
import { describeVisibility } from '../visibility.ts'
import type { BulkAction } from './bulk-action.ts'

const visibilities: Record<Visibility, Pick<BulkAction<App>, 'label' | 'what' | 'done'>> = {
  PRIVATE: {
    label: t('Make private'),
    what: t('They leave the Catalog. Running instances go on; nobody else can start a new one.'),
    done: t('made private'),
  },
  ALL_USERS: {
    label: t('Show to all users'),
    what: t('Everyone with full access finds them in the Catalog, each name by its newest version, and can run them.'),
    done: t('shown to all users'),
  },
  PUBLIC: {
    label: t('Make public'),
    what: t('As all users, and anyone finds them in the Catalog and reads their pages, without signing in.'),
    done: t('made public'),
  },
}

export const deleteApps: BulkAction<App> = {
  label: t('Delete'),
  iconName: 'Delete',
  what: t('Their bundles, descriptions and screenshots are lost for good. The same versions can be imported again.'),
  done: t('deleted'),
  concerns: ({ can }) => can.delete,
  act: ({ id }) => client.deleteApp({ params: { appId: id } }),
}

export function showAppsTo(visibility: Visibility): BulkAction<App> {
  return {
    ...visibilities[visibility],
    iconName: describeVisibility(visibility).iconName,
    concerns: (app) => app.can.update && app.visibility !== visibility,
    act: ({ id }) => client.updateApp({ params: { appId: id }, body: { visibility } }),
    isReversible: true,
  }
}
