import type { Session } from '@wave-store/contract'

export interface Destination {
  path: string
  label: string
  iconName: string
}

const forEveryone: Destination[] = [
  { path: '/catalog', label: 'Catalog', iconName: 'Shop' },
  { path: '/instances', label: 'My Instances', iconName: 'BoxPlaySolid' },
  { path: '/my-apps', label: 'My Apps', iconName: 'Package' },
]

const admin: Destination = { path: '/admin', label: 'Admin', iconName: 'Admin' }

/** Where the bars lead, in order. */
export function destinationsOf({ can }: Session): Destination[] {
  return can.administer ? [...forEveryone, admin] : forEveryone
}
