import type { AccountRow } from '../accounts/repository.ts'
import type { Actor } from '../actor.ts'
import type { AliasRow } from '../aliases/repository.ts'
import type { AppRow } from '../apps/repository.ts'
import type { InstanceRow } from '../instances/repository.ts'
import type { SecretRow } from '../secrets/repository.ts'
import type { TagRow } from '../tags/repository.ts'
import type { AuditTarget } from './event.ts'

export function appTarget(app: Pick<AppRow, 'id' | 'title' | 'version' | 'ownerId'>): AuditTarget {
  return { kind: 'app', id: app.id, name: `${app.title} ${app.version}`, ownerId: app.ownerId }
}

export function instanceTarget(instance: InstanceRow): AuditTarget {
  const { id, appTitle, appVersion, ownerId } = instance
  return { kind: 'instance', id, name: `${appTitle} ${appVersion}`, ownerId }
}

export function aliasTarget({ name, ownerId }: Pick<AliasRow, 'name' | 'ownerId'>): AuditTarget {
  return { kind: 'alias', id: name, name, ownerId }
}

export function tagTarget({ id, name }: Pick<TagRow, 'id' | 'name'>): AuditTarget {
  return { kind: 'tag', id, name, ownerId: null }
}

export function secretTarget({ id, name, owner }: Pick<SecretRow, 'id' | 'name' | 'owner'>): AuditTarget {
  return { kind: 'secret', id, name, ownerId: owner?.id ?? null }
}

/** @param ownerId the person of the account, where they were ever here */
export function accountTarget({ id, username }: AccountRow, ownerId: string | undefined): AuditTarget {
  return { kind: 'account', id, name: username, ownerId: ownerId ?? null }
}

/** What belongs to nobody in particular. */
export function platformTarget(kind: 'environment' | 'constraints' | 'settings', name: string): AuditTarget {
  return { kind, id: name, name, ownerId: null }
}

/** A session or a token of the actor's own. */
export function ownTarget(
  kind: 'session' | 'token',
  actor: Actor,
  { id, name }: { id: string; name: string },
): AuditTarget {
  return { kind, id, name, ownerId: actor.id }
}
