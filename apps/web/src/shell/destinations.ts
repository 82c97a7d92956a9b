/** Where the bars lead, in order. */
export const destinations = [
  { path: '/catalog', label: 'Catalog', iconName: 'Shop' },
  { path: '/instances', label: 'My Instances', iconName: 'BoxPlaySolid' },
  { path: '/my-apps', label: 'My Apps', iconName: 'Package' },
] as const
