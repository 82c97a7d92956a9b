import type { Session } from '@wave-store/contract'

export interface Destination {
  path: string
  label: string
  iconName: string
}

const catalog: Destination = { path: '/catalog', label: 'Catalog', iconName: 'Shop' }
const instances: Destination = { path: '/instances', label: 'My Instances', iconName: 'BoxPlaySolid' }
const apps: Destination = { path: '/my-apps', label: 'My Apps', iconName: 'Package' }
const admin: Destination = { path: '/admin', label: 'Admin', iconName: 'Admin' }

/** Where the bars lead, in order. */
export function destinationsOf({ user, can }: Pick<Session, 'user' | 'can'>): Destination[] {
  return [catalog, ...(user ? [instances] : []), ...(can.importApps ? [apps] : []), ...(can.administer ? [admin] : [])]
}
