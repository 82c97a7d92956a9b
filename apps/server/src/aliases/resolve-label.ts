import type { AppContext } from '../context.ts'
import type { InstanceRow } from '../instances/repository.ts'
import { looksLikeId } from './reserved-names.ts'

/** What a label of the apps domain stands for. */
export interface Resolved {
  /** Undefined: it was terminated, and the label is a name that stayed its owner's. */
  instance: InstanceRow | undefined
  /** The label that all others of the instance lead to. */
  main: string
  /** Whose name it is; null: it is an id. */
  ownerId: string | null
  /** Of the last time that the label began to lead elsewhere; null: it never did. */
  moveMark: string | null
}

/** The instance that an id or an alias names; undefined: there is none, and nobody has the name. */
export async function resolveLabel(
  { aliases, instances }: Pick<AppContext, 'aliases' | 'instances'>,
  label: string,
): Promise<Resolved | undefined> {
  const lead = looksLikeId(label) ? undefined : await aliases.leadOf(label)
  const id = lead ? lead.instanceId : label
  const row = id === null ? undefined : await instances.byId(id)
  const instance = row?.wanted === 'gone' ? undefined : row
  if (!instance && !lead) return undefined
  const names = instance && (await aliases.namesOf([instance.id])).get(instance.id)
  return { instance, main: names?.main ?? label, ownerId: lead?.ownerId ?? null, moveMark: lead?.moveMark ?? null }
}
