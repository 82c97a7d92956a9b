/** Every page of the store, with APP and INSTANCE for the ids of one. */
export const everyPage = [
  '/home',
  '/catalog',
  '/catalog?search=hallo',
  '/apps/APP',
  '/apps/APP/versions',
  '/apps/APP/instances',
  '/apps/APP/bundle',
  '/apps/APP/statistics',
  '/apps/APP/settings',
  '/instances',
  '/instances/INSTANCE',
  '/instances/INSTANCE/logs',
  '/instances/INSTANCE/metrics',
  '/instances/INSTANCE/settings',
  '/my-apps',
  '/secrets',
  '/access',
  '/activity',
  '/admin/people',
  '/admin/accounts',
  '/admin/apps',
  '/admin/instances',
  '/admin/aliases',
  '/admin/tags',
  '/admin/environments',
  '/admin/secrets',
  '/admin/usage',
  '/admin/settings',
  '/admin/health',
  '/admin/clean-up',
  '/admin/audit',
  '/nowhere',
]

/** What opens a panel or a dialog, by where it stands. */
export const openers = [
  ['/apps/APP', 'Run another'],
  ['/apps/APP/settings', 'Transfer app'],
  ['/apps/APP/settings', 'Delete app'],
  ['/my-apps', 'Import app'],
  ['/secrets', 'New secret'],
  ['/access', 'New token'],
  ['/admin/accounts', 'New account'],
  ['/admin/tags', 'New tag'],
  ['/admin/secrets', 'New shared secret'],
] as const

export function pathTo(page: string, { appId, instanceId }: { appId: string; instanceId: string }): string {
  return page.replace('APP', appId).replace('INSTANCE', instanceId)
}
