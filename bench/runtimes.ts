// A start through the Docker or the Kubernetes runtime, from asking for it to the first answer of its app, against the
// engine's own bare start of the same app from the same image. npm run bench:runtimes -- docker|kubernetes [repeats]
import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Runtime } from '@wave-store/runtime'
import { reaches, servingApp } from '@wave-store/runtime/testing'
import { median, ratio } from './median.ts'

const run = promisify(execFile)

/** An engine in which a store of its own starts apps, and which starts them by itself. */
interface Bench extends AsyncDisposable {
  runtime: Runtime
  spec: () => Promise<Parameters<Runtime['start']>[0]>
  /** Starts the app bare. @returns where it answers, as soon as that is known, and how to be rid of it */
  bare: (name: string) => Promise<{ host: string; end: () => Promise<void> }>
}

const [engine = '', repeats = '9'] = process.argv.slice(2)
const open = { docker: openDocker, kubernetes: openKubernetes }[engine]
if (!open) {
  console.error('Name the engine: npm run bench:runtimes -- docker|kubernetes [repeats]')
  process.exit(2)
}
await using bench = await open()
await ours()
const [own, other]: [number[], number[]] = [[], []]
for (let round = 0; round < Number(repeats); round++) {
  other.push(await theirs(round))
  own.push(await ours())
}
const [middle, bare] = [own, other].map((values) => `${Math.round(median(values).middle)} ms`)
console.log(`${engine}: through the store ${middle}, bare ${bare}, ratio ${ratio(own, other)}, ${repeats} runs`)

async function ours(): Promise<number> {
  const { runtime } = bench
  const spec = await bench.spec()
  const begun = performance.now()
  await runtime.start(spec)
  const { address } = await reaches(runtime, spec.id, 'running')
  await untilAnswering(address!.host)
  const tookMs = performance.now() - begun
  await runtime.stop(spec.id, { data: 'delete', graceMs: 0 })
  return tookMs
}

async function theirs(round: number): Promise<number> {
  const begun = performance.now()
  const { host, end } = await bench.bare(`bare-${round}`)
  await untilAnswering(host)
  const tookMs = performance.now() - begun
  await end()
  return tookMs
}

async function untilAnswering(host: string): Promise<void> {
  for (;;) {
    const isUp = await fetch(`http://${host}:8000/`, { signal: AbortSignal.timeout(1000) }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp) return
    await delay(10)
  }
}

async function openDocker(): Promise<Bench> {
  const { DockerBench, startDockerEngine } = await import('@wave-store/runtime-docker/testing')
  const daemon = await startDockerEngine()
  const own = new DockerBench(daemon.host)
  const runtime = await own.open()
  const docker = async (...args: string[]) => (await run('docker', ['--host', daemon.host, ...args])).stdout.trim()
  const image = (
    await docker('images', '--format', '{{.Repository}}:{{.Tag}}', '--filter', 'label=wave-store=app')
  ).split('\n')[0]!
  const network = `wave-${own.options.name}-apps`
  return {
    runtime,
    spec: () => own.spec({ does: 'serves' }),
    async bare(name) {
      await docker(
        'run',
        '--detach',
        '--name',
        name,
        '--network',
        network,
        '--entrypoint',
        'python3',
        image,
        '-c',
        servingApp,
      )
      const host = await docker(
        'inspect',
        '--format',
        `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`,
        name,
      )
      return { host, end: async () => void (await docker('rm', '--force', name)) }
    },
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]()
      await own.dispose()
      await daemon[Symbol.asyncDispose]()
    },
  }
}

async function openKubernetes(): Promise<Bench> {
  const { ClusterBench, testCluster } = await import('@wave-store/runtime-kubernetes/testing')
  if (!testCluster) throw new Error('Name a cluster as KUBECONFIG_TEST.')
  const own = await ClusterBench.create()
  const runtime = await own.open()
  const { image, namespace } = own.options
  const kubectl = async (...args: string[]) =>
    (await run('kubectl', ['--kubeconfig', testCluster, '--namespace', namespace, ...args])).stdout.trim()
  return {
    runtime,
    spec: () => own.spec({ does: 'serves' }),
    async bare(name) {
      await kubectl(
        'run',
        name,
        `--image=${image}`,
        '--image-pull-policy=IfNotPresent',
        '--restart=Never',
        '--command',
        '--',
        'python3',
        '-c',
        servingApp,
      )
      await kubectl('wait', '--for=condition=Ready', `pod/${name}`, '--timeout=60s')
      const host = await kubectl('get', 'pod', name, '--output=jsonpath={.status.podIP}')
      return { host, end: async () => void (await kubectl('delete', 'pod', name, '--grace-period=0', '--force')) }
    },
    async [Symbol.asyncDispose]() {
      await runtime[Symbol.asyncDispose]()
      await own.dispose()
    },
  }
}
