import type { Manifest } from '@wave-store/bundle'
import { isFor } from './policy.ts'
import type { SecretRow } from './repository.ts'

/** What a manifest asks of one secret. */
export interface SecretNeed {
  name: string
  /** In the manifest's order, one once; optional where every entry that asks for it says so. */
  keys: { key: string; isOptional: boolean }[]
  /** Of the first entry that asks. */
  table: 'Env' | 'File'
}

/** A need and whose secret it means; null: there is none that the app may have. */
export interface ResolvedNeed extends SecretNeed {
  secret: SecretRow | null
}

export interface AskingApp {
  ownerId: string
  name: string
}

/** What the manifest asks of secrets, a name once. */
export function secretNeeds({ env, files }: Pick<Manifest, 'env' | 'files'>): SecretNeed[] {
  const needs = new Map<string, SecretNeed>()
  const entries = [
    ...env.map((entry) => ({ ...entry, table: 'Env' as const })),
    ...files.map((entry) => ({ ...entry, table: 'File' as const })),
  ]
  for (const { secret, optional, table } of entries) {
    if (!secret) continue
    const need = needs.get(secret.name) ?? { name: secret.name, keys: [], table }
    needs.set(secret.name, need)
    const known = need.keys.find(({ key }) => key === secret.key)
    if (known) known.isOptional &&= optional
    else need.keys.push({ key: secret.key, isOptional: optional })
  }
  return [...needs.values()]
}

/**
 * Which secret a name means for an app: the app owner's own one, then a shared one that the owner's app may have. The
 * launcher's own are never taken (product rules, section 6).
 */
export function resolve(name: string, app: AskingApp, secrets: readonly SecretRow[]): SecretRow | null {
  const usable = secrets.filter((secret) => secret.name === name && isFor(secret, app))
  return usable.find(({ owner }) => owner !== null) ?? usable[0] ?? null
}

export function missingKeys({ keys, secret }: ResolvedNeed): string[] {
  return keys.map(({ key }) => key).filter((key) => !secret?.keys.some((one) => one.key === key && !one.isLost))
}

/** Those that an app cannot go without. */
export function missingNeeded(need: ResolvedNeed): string[] {
  const needed = need.keys.filter(({ isOptional }) => !isOptional).map(({ key }) => key)
  return missingKeys(need).filter((key) => needed.includes(key))
}
