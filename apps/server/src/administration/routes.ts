import { operations } from '@wave-store/contract'
import { Router } from 'express'
import { presentApps } from '../apps/present-app.ts'
import { fields } from '../audit/event.ts'
import { platformTarget } from '../audit/targets.ts'
import type { AppContext } from '../context.ts'
import { mount } from '../http/mount.ts'
import { presentInstances } from '../instances/present-instance.ts'
import { presentPerson } from '../people/present-person.ts'
import { version } from '../version.ts'
import { findCleanUp } from './clean-up.ts'
import { healthOf } from './health.ts'
import { requireAdmin } from './require-admin.ts'

/** What administrators look after that belongs to no single thing. */
export function administrationRoutes(context: AppContext): Router {
  const router = Router()
  const { people, settings } = context

  mount(router, operations.getSettings, async ({ actor }) => {
    requireAdmin(actor, 'The settings of the store')
    return settings.present()
  })

  mount(router, operations.updateSettings, async ({ actor, audit, body }) => {
    requireAdmin(actor, 'The settings of the store')
    audit.about(platformTarget('settings', 'store'), fields(named(body)))
    await settings.update(body)
    return settings.present()
  })

  mount(router, operations.getHealth, async ({ actor }) => {
    requireAdmin(actor, 'The parts of the store')
    return { items: await healthOf(context), version }
  })

  mount(router, operations.getCleanUp, async ({ actor, query }) => {
    requireAdmin(actor, 'The things of others')
    const found = await findCleanUp(context, query.days)
    return {
      idleInstances: await presentInstances(context, actor, found.idleInstances),
      gonePeople: found.gonePeople.map((row) => presentPerson(context, row)),
      goneApps: await presentApps(context, actor, found.goneApps),
      goneInstances: await presentInstances(context, actor, found.goneInstances),
      superseded: await presentApps(context, actor, found.superseded),
    }
  })

  mount(router, operations.listPeople, async ({ actor, query: { search, ...page } }) => {
    requireAdmin(actor, 'Other people')
    const { items, total } = await people.search(search.split(/\s+/).filter(Boolean), page)
    return { items: items.map((row) => presentPerson(context, row)), total }
  })

  return router
}

/** Notices by how many there are: their texts are to be seen by everybody anyway. */
function named({ notices, ...changes }: { notices?: unknown[] | null | undefined }): object {
  const texts = Object.entries(changes).map(([name, value]) => [name, value ?? 'default'])
  return Object.fromEntries([...texts, ...(notices === undefined ? [] : [['notices', notices?.length ?? 0]])])
}
