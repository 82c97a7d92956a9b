import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CoreV1Api } from '@kubernetes/client-node'

const intervalMs = 100

/**
 * What a storage provisioner does, for a cluster of one node on this machine that has none: a directory for each claim of
 * the namespace.
 */
export function provideVolumes(core: CoreV1Api, namespace: string, root: string): AsyncDisposable {
  const end = new AbortController()
  const made = new Set<string>()
  const provide = async () => {
    const { items } = await core.listNamespacedPersistentVolumeClaim({ namespace })
    for (const { metadata, spec, status } of items) {
      const name = `${namespace}-${metadata?.uid}`
      if (status?.phase !== 'Pending' || made.has(name)) continue
      made.add(name)
      const directory = path.join(root, name)
      mkdirSync(directory, { recursive: true })
      chmodSync(directory, 0o777)
      await core.createPersistentVolume({
        body: {
          metadata: { name, labels: { namespace } },
          spec: {
            accessModes: ['ReadWriteOnce'],
            capacity: { storage: spec?.resources?.requests?.storage ?? '1Mi' },
            claimRef: { namespace, name: metadata!.name!, uid: metadata!.uid! },
            hostPath: { path: directory },
            persistentVolumeReclaimPolicy: 'Retain',
            ...(spec?.storageClassName && { storageClassName: spec.storageClassName }),
          },
        },
      })
    }
  }
  const done = (async () => {
    while (!end.signal.aborted) {
      await provide().catch((error: unknown) => console.warn(error))
      await delay(intervalMs, undefined, { signal: end.signal }).catch(() => {})
    }
  })()
  return {
    async [Symbol.asyncDispose]() {
      end.abort()
      await done
      for (const name of made) await core.deletePersistentVolume({ name }).catch(() => {})
    },
  }
}
