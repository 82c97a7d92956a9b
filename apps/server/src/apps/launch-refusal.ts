import type { Manifest } from '@wave-store/bundle'
import type { AppDetails } from '@wave-store/contract'
import type { Capabilities } from '@wave-store/runtime'

/**
 * Why an app with this manifest cannot run here, in one sentence that names the table and key; null when it can.
 * Importing it is fine all the same: another store, or this one with another runtime, may run it.
 */
export function launchRefusal(manifest: Manifest, runtime: Capabilities, allowUnsandboxed: boolean): string | null {
  const { runtime: wanted } = manifest
  if (manifest.app.lifecycle === 'LINK') return null
  if (runtime.isolation === 'none' && !allowUnsandboxed)
    return `This machine has no sandbox to run apps in. ${runtime.advice}`
  if (wanted.mode === 'container' && !runtime.images)
    return '[Runtime] AppMode = "container": this store runs apps as sandboxed processes, not from images.'
  if ((wanted.gpu?.count ?? 0) > 0 && !runtime.gpus) return '[Runtime] GPUCount: this store has no GPUs.'
  return secretRefusal(manifest)
}

function secretRefusal(manifest: Manifest): string | null {
  const names = requiredSecrets(manifest)
  if (names.length === 0) return null
  return `[[Env]] and [[File]]: the app needs the secret ${names.join(', ')}, and this store keeps no secrets yet. An entry with Optional = true may be missing.`
}

/** What the manifest asks of secrets, a name once. */
export function secretNeeds({ env, files }: Pick<Manifest, 'env' | 'files'>): AppDetails['secrets'] {
  const needs = new Map<string, AppDetails['secrets'][number]>()
  for (const { secret, optional } of [...env, ...files]) {
    if (!secret) continue
    const need = needs.get(secret.name) ?? { name: secret.name, keys: [], isOptional: true, found: null }
    if (!need.keys.includes(secret.key)) need.keys.push(secret.key)
    need.isOptional &&= optional
    needs.set(secret.name, need)
  }
  return [...needs.values()]
}

function requiredSecrets(manifest: Manifest): string[] {
  const entries = [...manifest.env, ...manifest.files].filter((entry) => entry.secret && !entry.optional)
  return [...new Set(entries.map((entry) => entry.secret!.name))]
}
