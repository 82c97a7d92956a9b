import { compareVersions } from '@wave-store/bundle'
import type { App } from '@wave-store/contract'

/** Of each name the newest version, in the order that they had. */
export function newestOfEach(apps: readonly App[]): App[] {
  const newest = new Map<string, App>()
  for (const app of apps) {
    const known = newest.get(app.name)
    if (!known || compareVersions(app.version, known.version) > 0) newest.set(app.name, app)
  }
  return apps.filter((app) => newest.get(app.name) === app)
}
