import { adviceOn, type Instance } from '@wave-store/contract'
import type { Columns } from '../../output/output.ts'
import { age, instant } from '../../output/times.ts'
import { ownerCell } from '../app/show-app.ts'

/** In the manner of the guide's `app list`. */
export const instanceColumns: Columns<Instance> = [
  ['ID', (instance) => instance.id],
  ['TITLE', ({ app }) => `${app.title} ${app.version}`],
  ['OWNER', (instance) => ownerCell(instance.owner)],
  ['CREATED', (instance) => age(instance.createdAt)],
  ['STATUS', (instance) => instance.status],
  ['VISIBILITY', (instance) => instance.visibility],
  ['URL', (instance) => instance.url],
]

/** What the guide's `app run` prints. */
export const launchedFields: Columns<Instance> = [
  ['ID', (instance) => instance.id],
  ['URL', (instance) => instance.url],
]

export const instanceFields: Columns<Instance> = [
  ['ID', (instance) => instance.id],
  ['Title', ({ app }) => app.title],
  ['Version', ({ app }) => app.version],
  ['App ID', ({ app }) => app.id],
  ['Status', (instance) => instance.status],
  ['Created At', (instance) => instant(instance.createdAt)],
  ['Started At', (instance) => instant(instance.startedAt)],
  ['Owner', (instance) => ownerCell(instance.owner)],
  ['Visibility', (instance) => instance.visibility],
  ['Aliases', (instance) => instance.aliases.join(',')],
  ['URL', (instance) => instance.url],
]

export const statusFields: Columns<Instance> = [
  ['ID', (instance) => instance.id],
  ['Status', (instance) => instance.status],
  ['Phase', (instance) => instance.phase],
  ['Since', (instance) => instant(instance.phaseSince)],
  ['Restarts', (instance) => String(instance.restarts)],
  ['Cause', causeOf],
  ['Remedy', ({ failure }) => (failure ? adviceOn(failure.reason).remedy : '')],
]

/** Why an instance does not run: it waits, sleeps, is silent or has failed; empty where it does run. */
function causeOf({ failure, queue, silentSince, suspension }: Instance): string {
  if (failure) return failure.message
  if (queue) return `${queue.message} (${queue.position} in the queue)`
  if (suspension) return suspension.reason === 'idle' ? 'Suspended, as nobody used it.' : 'Suspended by its owner.'
  return silentSince ? `It has not answered since ${instant(silentSince)}.` : ''
}
