import { NetworkingV1Api, PatchStrategy, setHeaderOptions, type V1NetworkPolicy } from '@kubernetes/client-node'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import {
  askableApp,
  observed,
  type PackageIndex,
  reaches,
  servePackages,
  startAskable,
  textOf,
} from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKubernetesRuntime } from './kubernetes-runtime.ts'
import { ClusterBench, testCluster } from './testing/cluster-bench.ts'

describe.skipIf(!testCluster)('an instance on Kubernetes', () => {
  let index: PackageIndex
  let bench: ClusterBench
  let runtime: Runtime
  beforeAll(async () => {
    index = await servePackages()
    bench = await ClusterBench.create()
    const { hostname } = new URL(bench.options.bundleSource({ path: '', sha256: '' }).url)
    const url = new URL(index.openUrl)
    url.hostname = hostname
    bench.options.index = { url: url.href }
    runtime = await bench.open()
  })
  afterAll(async () => {
    await runtime?.[Symbol.asyncDispose]()
    await bench?.dispose()
    index?.close()
  })

  const needing = (requirements: string, changes: Partial<InstanceSpec['environment']> = {}) =>
    bench.specs.specOf(askableApp, {
      bundle: bench.specs.bundle({ 'app.py': askableApp, 'requirements.txt': requirements }),
      environment: { inputsSha256: `digest of ${requirements}`, osPackages: [], ...changes },
    })
  const importing = `import probe_package; result = probe_package.answer`
  const podOf = (id: string, generation = 1) =>
    bench.core.readNamespacedPod({
      name: `wave-${bench.options.name}-${id}-${generation}`,
      namespace: bench.options.namespace,
    })

  it('has no privilege, nothing of the cluster, and nothing to write to but what is its own', async () => {
    const spec = bench.specs.specOf(askableApp, { env: { PASSWORD: 'hunter2-and-more' } })
    const { ask } = await startAskable(runtime, spec)
    const status = `result = [line for line in open('/proc/self/status') if line.startswith(('Cap', 'NoNewPrivs', 'Uid', 'Seccomp:'))]`
    const lines = ((await ask(status)) as string[]).join('')
    expect(lines).toMatch(/Uid:\t10001/)
    expect(lines.match(/Cap\w+:\t0{16}\n/g)).toHaveLength(5)
    expect(lines).toContain('NoNewPrivs:\t1')
    expect(lines).toContain('Seccomp:\t2')
    const writing = (place: string) => `open('${place}/x', 'w').close(); result = 'written'`
    for (const place of ['/', '/etc', '/usr/lib', '/opt/wave', '/resources', '/run/wave/spec'])
      expect(await ask(writing(place)), place).toMatch(/PermissionError|OSError/)
    for (const place of ['/app', '/tmp', '/home/app']) expect(await ask(writing(place)), place).toBe('written')
    expect(await ask(`import os; result = os.path.exists('/var/run/secrets/kubernetes.io')`)).toBe(false)
    expect(await ask(`import os; result = os.environ['PASSWORD']`)).toBe('hunter2-and-more')
    expect(JSON.stringify(await podOf(spec.id))).not.toContain('hunter2')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('meets the restricted profile of the Pod Security Standards', async () => {
    const spec = needing('probe-package\n')
    await startAskable(runtime, spec)
    const pod = (await podOf(spec.id)).spec!
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    })
    expect([pod.hostNetwork, pod.hostPID, pod.hostIPC].some(Boolean)).toBe(false)
    const kinds = pod.volumes!.flatMap((volume) => Object.keys(volume).filter((key) => key !== 'name'))
    expect(new Set(kinds)).toEqual(new Set(['emptyDir', 'secret']))
    for (const { securityContext } of [...pod.initContainers!, ...pod.containers])
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('is closed by a network policy to all but the gateway, and from private networks', async () => {
    const spec = bench.specs.specOf(askableApp)
    await startAskable(runtime, spec)
    const networking = bench.config.makeApiClient(NetworkingV1Api)
    const { namespace } = bench.options
    const policy: V1NetworkPolicy = await networking.readNamespacedNetworkPolicy({
      name: `wave-${bench.options.name}-${spec.id}`,
      namespace,
    })
    expect(policy.spec).toMatchObject({
      podSelector: { matchLabels: { 'wave-store.io/instance': spec.id } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          _from: [{ podSelector: { matchLabels: { 'wave-store.io/part': 'gateway' } } }],
          ports: [{ port: 8000 }, { port: 10102 }],
        },
      ],
    })
    const blocks = policy.spec!.egress!.flatMap(({ to }) => to?.flatMap(({ ipBlock }) => ipBlock ?? []) ?? [])
    expect(blocks[0]?.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '192.168.0.0/16']))
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('installs what its app needs before that begins, which sees nothing of the index', async () => {
    const spec = needing('probe-package\n')
    const { ask } = await startAskable(runtime, spec)
    expect(await ask(importing)).toBe(42)
    expect(await textOf(runtime, spec.id)).toMatch(/the environment holds 1 packages.*starts as python3 -m app/s)
    const seen = `import os; result = [name for root, _, names in os.walk('/run/wave/spec') for name in names]`
    expect(await ask(seen)).not.toContain('build.json')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('says which requirement cannot be met, with what the installer printed', async () => {
    const spec = needing('no-such-package\n')
    await runtime.start(spec)
    const { exit } = await reaches(runtime, spec.id, 'exited')
    expect(exit).toMatchObject({ reason: 'dependency_failed', message: expect.stringContaining('no-such-package') })
    expect(await textOf(runtime, spec.id)).toContain('no-such-package')
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('keeps an environment of its own, which it may change, until its requirements are others', async () => {
    const spec = needing('probe-package\n', { ownVolumeBytes: 64 << 20 })
    const { ask } = await startAskable(runtime, spec)
    expect(await ask(importing)).toBe(42)
    expect(await ask(`open('/resources/mine', 'w').write('kept'); result = 'written'`)).toBe('written')
    const again = await startAskable(runtime, { ...spec, generation: 2 })
    expect(await again.ask(`result = open('/resources/mine').read()`)).toBe('kept')
    const other = { ...needing('', { ownVolumeBytes: 64 << 20 }), id: spec.id, generation: 3 }
    const changed = await startAskable(runtime, other)
    expect(await changed.ask(`import os; result = os.path.exists('/resources/mine')`)).toBe(false)
    expect(await changed.ask(importing)).toMatch(/ModuleNotFoundError/)
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('names packages of the operating system that the image has not', async () => {
    const spec = bench.specs.specOf(askableApp, {
      environment: { inputsSha256: '', osPackages: ['no-such-library', 'libc6'] },
    })
    await runtime.start(spec)
    const { exit } = await reaches(runtime, spec.id, 'exited')
    expect(exit).toMatchObject({ reason: 'os_package_missing', message: expect.stringContaining('no-such-library.') })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('is ended when it takes more memory than it may, and says so', async () => {
    const spec = bench.specs.specOf(askableApp, { limits: { memoryBytes: 64 << 20, pids: 32 } })
    const { ask } = await startAskable(runtime, spec)
    await ask(`hold = bytearray(200 << 20); result = len(hold)`).catch(() => {})
    expect((await reaches(runtime, spec.id, 'exited')).exit).toMatchObject({
      reason: 'out_of_memory',
      message: 'The app used more memory than its limit of 64 MiB.',
    })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('says that no node has place for it, and waits for one', async () => {
    const spec = bench.specs.specOf(askableApp, { limits: { memoryBytes: 2 ** 50, pids: 32 } })
    await runtime.start(spec)
    await expect
      .poll(async () => (await observed(runtime, spec.id))?.waiting)
      .toMatch(/^The cluster has no place for it at the moment: .*Insufficient memory/)
    expect(await observed(runtime, spec.id)).toMatchObject({ phase: 'queued' })
    await runtime.stop(spec.id, { data: 'keep', graceMs: 0 })
    expect(await observed(runtime, spec.id)).toBeUndefined()
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('says that the quota of the namespace is used up', async () => {
    const { namespace } = bench.options
    const body = { metadata: { name: 'none' }, spec: { hard: { pods: '0' } } }
    await bench.core.createNamespacedResourceQuota({ namespace, body })
    const spec = bench.specs.specOf(askableApp)
    await runtime.start(spec)
    const { exit } = await reaches(runtime, spec.id, 'exited')
    expect(exit?.message).toMatch(/^The quota of the namespace is used up: .*exceeded quota: none/)
    await bench.core.deleteNamespacedResourceQuota({ name: 'none', namespace })
    await startAskable(runtime, { ...spec, generation: 2 })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  })

  it('leaves nothing in the namespace when it is deleted', async () => {
    const spec = needing('probe-package\n', { ownVolumeBytes: 64 << 20 })
    await startAskable(runtime, { ...spec, volume: { path: '/data', sizeBytes: 1 << 20 } })
    await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
    const { namespace } = bench.options
    const left = async () => {
      const lists = await Promise.all([
        bench.core.listNamespacedPod({ namespace }),
        bench.core.listNamespacedService({ namespace }),
        bench.core.listNamespacedSecret({ namespace }),
        bench.core.listNamespacedPersistentVolumeClaim({ namespace }),
        bench.config.makeApiClient(NetworkingV1Api).listNamespacedNetworkPolicy({ namespace }),
      ])
      return lists
        .flatMap(({ items }) => items.map(({ metadata }) => metadata!.name!))
        .filter((name) => name.includes(spec.id))
    }
    await expect.poll(left).toEqual([])
  })
})

describe.skipIf(!testCluster)('a store on Kubernetes', () => {
  it('does not open where the image of apps cannot be had, and says why', async () => {
    const bench = await ClusterBench.create({ image: 'no-such.example/image:1' })
    await expect(bench.open()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('The image of apps cannot be fetched'),
    })
    await bench.dispose()
  })

  it('lets an instance fail whose image has gone, and says why', async () => {
    const bench = await ClusterBench.create()
    await using runtime = await bench.open()
    const broken = { ...bench.options, image: 'no-such.example/image:1', stuckMs: 1000 }
    await bench.core.patchNamespacedConfigMap(
      {
        name: `wave-${bench.options.name}-image`,
        namespace: bench.options.namespace,
        body: { data: { image: broken.image } },
      },
      setHeaderOptions('content-type', PatchStrategy.MergePatch),
    )
    await using later = await createKubernetesRuntime(broken)
    const spec = bench.specs.specOf(askableApp)
    await later.start(spec)
    const { exit } = await reaches(later, spec.id, 'exited')
    expect(exit).toMatchObject({
      reason: 'internal',
      message: expect.stringMatching(/^The image of apps cannot be fetched/),
    })
    expect((await observed(runtime, spec.id))?.phase).toBe('queued')
    await later.stop(spec.id, { data: 'delete', graceMs: 0 })
    await bench.dispose()
  })
})
