import type { AppRow } from '../apps/repository.ts'
import type { AppContext } from '../context.ts'
import type { InstanceRow } from '../instances/repository.ts'
import type { PersonRow } from '../people/repository.ts'

const dayMs = 24 * 60 * 60_000
/** More at a time nobody goes through; the rest comes when these are gone. */
const shown = 200

export interface CleanUp {
  idleInstances: InstanceRow[]
  gonePeople: PersonRow[]
  goneApps: AppRow[]
  goneInstances: InstanceRow[]
  superseded: AppRow[]
}

/**
 * What may be no longer needed.
 *
 * @param days without use, after which an instance counts as idle, and without a word of the issuer, after which a person
 *   counts as gone; who is disabled here is gone at once
 */
export async function findCleanUp(
  { apps, clock, config, instances, people }: Pick<AppContext, 'apps' | 'clock' | 'config' | 'instances' | 'people'>,
  days: number,
): Promise<CleanUp> {
  const now = clock.now()
  const isAnswered = config.identity.source.kind === 'upstream'
  const gonePeople = await people.goneBefore(isAnswered ? now - days * dayMs : now)
  const ids = gonePeople.map(({ id }) => id)
  const [idleInstances, goneApps, goneInstances, superseded] = await Promise.all([
    instances.unusedSince(now - days * dayMs),
    apps.newestOfOwners(ids),
    instances.ofOwners(ids),
    apps.superseded(),
  ])
  return {
    idleInstances: idleInstances.slice(0, shown),
    gonePeople,
    goneApps: goneApps.slice(0, shown),
    goneInstances: goneInstances.slice(0, shown),
    superseded: superseded.slice(0, shown),
  }
}
