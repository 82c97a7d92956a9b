import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node'
import { constraintsPath } from '@wave-store/launcher'
import type { InstanceSpec, Runtime } from '@wave-store/runtime'
import { ProbeSpecs, type RuntimeHarness, type SuiteApp } from '@wave-store/runtime/testing'
import { createKubernetesRuntime } from '../kubernetes-runtime.ts'
import type { KubernetesRuntimeOptions } from '../options.ts'
import { provideVolumes } from './provide-volumes.ts'

/** Of a cluster that may be filled and emptied; without one the tests are skipped. */
export const testCluster = process.env.KUBECONFIG_TEST
/** Built by deploy/app-image/build, and known to the cluster's nodes. */
const image = process.env.KUBERNETES_TEST_IMAGE ?? 'wave-store/app:test'

/** A namespace of its own in the cluster, with what a store and a storage provisioner do for it. */
export class ClusterBench implements RuntimeHarness {
  readonly config: KubeConfig
  readonly core: CoreV1Api
  readonly options: KubernetesRuntimeOptions
  readonly specs: ProbeSpecs
  readonly #root: string
  readonly #bundles: Server
  readonly #volumes: AsyncDisposable

  static async create(options: Partial<KubernetesRuntimeOptions> = {}): Promise<ClusterBench> {
    const config = new KubeConfig()
    config.loadFromFile(testCluster!)
    const bundles = createServer((request, response) => {
      if (request.headers.authorization !== 'Bearer of-the-test') return response.writeHead(403).end()
      return createReadStream(decodeURIComponent((request.url ?? '').slice(1))).pipe(response)
    }).listen(0, '0.0.0.0')
    await once(bundles, 'listening')
    const { port } = bundles.address() as AddressInfo
    const host = await ownAddressTowards(config.getCurrentCluster()!.server)
    const bench = new ClusterBench(config, bundles, {
      bundleSource: ({ path: file }) => ({
        url: `http://${host}:${port}/${encodeURIComponent(file)}`,
        headers: { authorization: 'Bearer of-the-test' },
      }),
      storePort: port,
      ...options,
    })
    await bench.core.createNamespace({ body: { metadata: { name: bench.options.namespace } } })
    return bench
  }

  private constructor(
    config: KubeConfig,
    bundles: Server,
    options: Pick<KubernetesRuntimeOptions, 'bundleSource' | 'storePort'> & Partial<KubernetesRuntimeOptions>,
  ) {
    const name = `test-${randomBytes(4).toString('hex')}`
    this.#root = mkdtempSync(path.join(tmpdir(), 'cluster-bench-'))
    this.#bundles = bundles
    this.config = config
    this.core = config.makeApiClient(CoreV1Api)
    this.specs = new ProbeSpecs(this.#root)
    this.#volumes = provideVolumes(this.core, name, path.join(this.#root, 'volumes'))
    this.options = {
      name,
      namespace: name,
      kubeconfig: testCluster!,
      image,
      addresses: 'pod',
      constraintsPath,
      ...options,
    }
  }

  open(): Promise<Runtime> {
    return createKubernetesRuntime(this.options)
  }

  openWith(changes: Partial<KubernetesRuntimeOptions>): Promise<Runtime> {
    return createKubernetesRuntime({ ...this.options, ...changes })
  }

  spec(app: SuiteApp): Promise<InstanceSpec> {
    return this.specs.spec(app)
  }

  async dispose(): Promise<void> {
    await this.core.deleteNamespace({ name: this.options.namespace })
    await this.#volumes[Symbol.asyncDispose]()
    this.#bundles.close()
    this.#bundles.closeAllConnections()
    rmSync(this.#root, { recursive: true, force: true })
  }
}

/** Where pods find this machine: as it is seen from the way to the API server. */
async function ownAddressTowards(server: string): Promise<string> {
  const { hostname, port } = new URL(server)
  const socket = connect(Number(port) || 443, hostname)
  await once(socket, 'connect')
  const { localAddress } = socket
  socket.destroy()
  return localAddress!
}
