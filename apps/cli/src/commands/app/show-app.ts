import type { App, Person } from '@wave-store/contract'
import type { Columns } from '../../output/output.ts'
import { age, instant } from '../../output/times.ts'

/** By e-mail address, as in the guide; by name who has none, or whose is not for the reader. */
export function ownerCell({ email, name }: Person): string {
  return email || name
}

const tagsCell = ({ tags }: App) => tags.map(({ title }) => title).join(',')

/** Columns of the guide's `app list`. */
export const appColumns: Columns<App> = [
  ['ID', (app) => app.id],
  ['TITLE', (app) => `${app.title} ${app.version}`],
  ['OWNER', (app) => ownerCell(app.owner)],
  ['CREATED', (app) => age(app.createdAt)],
  ['CATEGORY', (app) => app.category],
  ['VISIBILITY', (app) => app.visibility],
  ['TAGS', tagsCell],
]

/** Labels of the guide's `bundle import`, in its order. */
export const appFields: Columns<App> = [
  ['ID', (app) => app.id],
  ['Title', (app) => app.title],
  ['Version', (app) => app.version],
  ['Category', (app) => app.category],
  ['Created At', (app) => instant(app.createdAt)],
  ['Updated At', (app) => instant(app.updatedAt)],
  ['Owner', (app) => ownerCell(app.owner)],
  ['Visibility', (app) => app.visibility],
  ['Description', (app) => app.description],
  ['Tags', tagsCell],
]
