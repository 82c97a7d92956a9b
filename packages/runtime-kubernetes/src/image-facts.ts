import type { V1ConfigMap, V1Pod } from '@kubernetes/client-node'
import { RuntimeError } from '@wave-store/runtime'
import { type ImageFacts, imageFactsProgram } from '@wave-store/runtime/driver'
import type { Api } from './api.ts'
import type { Names } from './labels.ts'
import { hasEnded, stateOf } from './observe.ts'
import type { KubernetesRuntimeOptions } from './options.ts'
import { confined, confinedContainer } from './pod.ts'
import type { PodWatch } from './pod-watch.ts'
import { waitingOf } from './waiting.ts'

const longestMs = 5 * 60_000
const container = 'facts'

/**
 * What the image has, as a short-lived pod sees it; kept in a ConfigMap by the image's name, so that servers that start
 * later need none. One image is one name: give a new one a new tag.
 *
 * @throws {RuntimeError} `unavailable` when the pod does not come to run, with why
 */
export async function readImageFacts(
  api: Api,
  names: Names,
  watch: PodWatch,
  options: KubernetesRuntimeOptions,
): Promise<ImageFacts> {
  const name = names.helper('image')
  const kept = await api.read<V1ConfigMap>('ConfigMap', name)
  if (kept?.data?.image === options.image) return JSON.parse(kept.data.facts ?? '') as ImageFacts
  const facts = await lookAtImage(api, names, watch, options)
  await api.apply<V1ConfigMap>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: names.labels('helper') },
    data: { image: options.image, facts: JSON.stringify(facts) },
  })
  return facts
}

async function lookAtImage(api: Api, names: Names, watch: PodWatch, options: KubernetesRuntimeOptions) {
  // Of its own, where several servers start at once.
  const name = names.helper(`facts-${Math.random().toString(36).slice(2, 8)}`)
  watch.put(await api.apply<V1Pod>(factsPod(name, names, options)))
  try {
    let pod: V1Pod | undefined
    await watch
      .until(
        name,
        (seen) => {
          pod = seen
          return hasEnded(seen) || waitingOf(seen!)?.isStuck === true
        },
        options.stuckMs ?? longestMs,
      )
      .catch((error: Error) => {
        throw new RuntimeError(
          'unavailable',
          `A pod of the image ${options.image} does not start: ${whyNot(pod) ?? error.message}`,
        )
      })
    const ended = pod && stateOf(pod, container)?.terminated
    if (ended?.exitCode !== 0)
      throw new RuntimeError(
        'unavailable',
        `The image ${options.image} cannot be looked at: ${whyNot(pod) ?? 'see its log'}`,
      )
    const chunks: Uint8Array[] = []
    const log = await api.stream(`${api.path('Pod', name)}/log`, { container })
    for await (const chunk of log ?? []) chunks.push(chunk)
    return JSON.parse(Buffer.concat(chunks).toString()) as ImageFacts
  } finally {
    await api.remove('Pod', name, { graceSeconds: 0 })
  }
}

function whyNot(pod: V1Pod | undefined): string | null {
  if (!pod) return null
  const ended = stateOf(pod, container)?.terminated
  return waitingOf(pod)?.message ?? ended?.message ?? ended?.reason ?? pod.status?.message ?? null
}

function factsPod(name: string, names: Names, options: KubernetesRuntimeOptions): V1Pod {
  const resources = { cpu: '50m', memory: String(128 << 20) }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: names.labels('helper') },
    spec: {
      ...confined(options),
      activeDeadlineSeconds: longestMs / 1000,
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: container,
          image: options.image,
          imagePullPolicy: 'IfNotPresent',
          command: ['python3', '-I', '-c', imageFactsProgram],
          terminationMessagePolicy: 'FallbackToLogsOnError',
          securityContext: confinedContainer,
          resources: { requests: resources, limits: { memory: resources.memory } },
        },
      ],
    },
  }
}
