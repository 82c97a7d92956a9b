import type { Session } from '@wave-store/contract'
import { t } from '../i18n/t.ts'

export interface Destination {
  path: string
  label: string
  iconName: string
}

const home: Destination = { path: '/home', label: t('Home'), iconName: 'Home' }
const catalog: Destination = { path: '/catalog', label: t('Catalog'), iconName: 'Shop' }
const instances: Destination = { path: '/instances', label: t('My Instances'), iconName: 'BoxPlaySolid' }
const apps: Destination = { path: '/my-apps', label: t('My Apps'), iconName: 'Package' }
const admin: Destination = { path: '/admin', label: t('Admin'), iconName: 'Admin' }

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
  { path: '/admin/people', label: t('People') },
  { path: '/admin/accounts', label: t('Accounts') },
  { path: '/admin/apps', label: t('Apps') },
  { path: '/admin/instances', label: t('Instances') },
  { path: '/admin/aliases', label: t('Aliases') },
  { path: '/admin/tags', label: t('Tags') },
  { path: '/admin/usage', label: t('Usage') },
  { path: '/admin/environments', label: t('Environments') },
  { path: '/admin/secrets', label: t('Secrets') },
  { path: '/admin/settings', label: t('Settings') },
  { path: '/admin/health', label: t('Health') },
  { path: '/admin/clean-up', label: t('Clean up') },
  { path: '/admin/audit', label: t('Audit log') },
] as const
