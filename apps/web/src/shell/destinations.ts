import type { Session } from '@wave-store/contract'

export interface Destination {
  path: string
  label: string
  iconName: string
}

const home: Destination = { path: '/home', label: 'Home', iconName: 'Home' }
const catalog: Destination = { path: '/catalog', label: 'Catalog', iconName: 'Shop' }
const instances: Destination = { path: '/instances', label: 'My Instances', iconName: 'BoxPlaySolid' }
const apps: Destination = { path: '/my-apps', label: 'My Apps', iconName: 'Package' }
const admin: Destination = { path: '/admin', label: 'Admin', iconName: 'Admin' }

/** Where the bars lead, in order. */
export function destinationsOf({ user, can }: Pick<Session, 'user' | 'can'>): Destination[] {
  return [
    ...(user ? [home] : []),
    catalog,
    ...(user ? [instances] : []),
    ...(can.importApps ? [apps] : []),
    ...(can.administer ? [admin] : []),
  ]
}

/** What administrators look after, in order. */
export const adminPlaces = [
  { path: '/admin/people', label: 'People' },
  { path: '/admin/accounts', label: 'Accounts' },
  { path: '/admin/apps', label: 'Apps' },
  { path: '/admin/instances', label: 'Instances' },
  { path: '/admin/aliases', label: 'Aliases' },
  { path: '/admin/tags', label: 'Tags' },
  { path: '/admin/usage', label: 'Usage' },
  { path: '/admin/environments', label: 'Environments' },
  { path: '/admin/secrets', label: 'Secrets' },
  { path: '/admin/settings', label: 'Settings' },
  { path: '/admin/health', label: 'Health' },
  { path: '/admin/clean-up', label: 'Clean up' },
  { path: '/admin/audit', label: 'Audit log' },
] as const
