import type { Manifest } from '@wave-store/bundle'
import type { Capabilities } from '@wave-store/runtime'

/**
 * Why no app with this manifest can run here, in one sentence that names the table and key; null when one can. Whether
 * the secrets that it asks for are there is another question.
 * Importing it is fine all the same: another store, or this one with another runtime, may run it.
 */
export function launchRefusal(manifest: Manifest, runtime: Capabilities, allowUnsandboxed: boolean): string | null {
  const { runtime: wanted } = manifest
  if (manifest.app.lifecycle === 'LINK') return null
  if (runtime.isolation === 'none' && !allowUnsandboxed)
    return `This machine has no sandbox to run apps in. ${runtime.advice}`
  if (wanted.mode === 'container' && !runtime.images)
    return '[Runtime] AppMode = "container": apps run as sandboxed processes here, not from images.'
  if ((wanted.gpu?.count ?? 0) > 0 && !runtime.gpus) return '[Runtime] GPUCount: there are no GPUs here.'
  return null
}
