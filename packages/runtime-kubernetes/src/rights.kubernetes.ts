import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { CoreV1Api, KubeConfig, loadAllYaml, RbacAuthorizationV1Api, type V1Role } from '@kubernetes/client-node'
import { askableApp, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClusterBench, testCluster } from './testing/cluster-bench.ts'

const accessPath = fileURLToPath(new URL('../../../deploy/kubernetes/common/access.yaml', import.meta.url))

describe.skipIf(!testCluster)('the rights that deploy/kubernetes gives the store', () => {
  let bench: ClusterBench
  let directory: string
  let config: KubeConfig
  beforeAll(async () => {
    bench = await ClusterBench.create()
    directory = mkdtempSync(path.join(tmpdir(), 'rights-'))
    config = await asServiceAccount(bench, path.join(directory, 'kubeconfig'))
  })
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true })
    await bench?.dispose()
  })

  it('are enough for instances with all that they may have', async () => {
    await using runtime = await bench.openWith({ kubeconfig: path.join(directory, 'kubeconfig') })
    const spec = bench.specs.specOf(askableApp, {
      volume: { path: '/data', sizeBytes: 1 << 20 },
      environment: { inputsSha256: '', osPackages: [], ownVolumeBytes: 1 << 20 },
    })
    await startAskable(runtime, spec)
    expect(await textOf(runtime, spec.id)).toContain('starts as python3 -m app')
    expect(await runtime.stats()).toMatchObject([{ id: spec.id }])
    await runtime.stop(spec.id, { data: 'keep', graceMs: 0 })
    await startAskable(runtime, { ...spec, generation: 2 })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    expect(await runtime.inspect()).toEqual([])
  })

  it('do not open what apps are given, nor anything of other namespaces', async () => {
    const core = config.makeApiClient(CoreV1Api)
    const { namespace } = bench.options
    const refused = { code: 403 }
    await expect(core.listNamespacedSecret({ namespace })).rejects.toMatchObject(refused)
    await expect(core.listNamespacedPod({ namespace: 'kube-system' })).rejects.toMatchObject(refused)
    await expect(core.listNode()).rejects.toMatchObject(refused)
  })
})

/** A service account with the role that is shipped, in the namespace of the test; its kubeconfig is written to `file`. */
async function asServiceAccount({ config, core, options }: ClusterBench, file: string): Promise<KubeConfig> {
  const { namespace } = options
  const objects = loadAllYaml(readFileSync(accessPath, 'utf8')) as { kind: string }[]
  const role = objects.find(({ kind }) => kind === 'Role') as V1Role
  const name = 'wave-store'
  const rbac = config.makeApiClient(RbacAuthorizationV1Api)
  await core.createNamespacedServiceAccount({ namespace, body: { metadata: { name } } })
  await rbac.createNamespacedRole({ namespace, body: { metadata: { name }, rules: role.rules! } })
  await rbac.createNamespacedRoleBinding({
    namespace,
    body: {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  })
  const { status } = await core.createNamespacedServiceAccountToken({
    name,
    namespace,
    body: { spec: { audiences: [], expirationSeconds: 3600 } },
  })
  const own = new KubeConfig()
  own.loadFromClusterAndUser(config.getCurrentCluster()!, { name, token: status!.token })
  writeFileSync(file, own.exportConfig(), { mode: 0o600 })
  return own
}
