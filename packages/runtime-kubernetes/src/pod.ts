import type { V1Container, V1Pod, V1SecurityContext, V1Volume, V1VolumeMount } from '@kubernetes/client-node'
import type { InstanceSpec } from '@wave-store/runtime'
import { appUser, ownFileDirectories, type StartFailure } from '@wave-store/runtime/driver'
import { graceSeconds } from './grace.ts'
import { annotations, labels, type Names } from './labels.ts'
import { containers } from './observe.ts'
import type { KubernetesRuntimeOptions } from './options.ts'
import type { PodPorts } from './ports.ts'

const bundleDirectory = '/run/wave/bundle'
const specDirectory = '/run/wave/spec'
export const bundlePath = `${bundleDirectory}/bundle.wave`
export const authoritiesPath = `${specDirectory}/ca.pem`

const defaultBuildMemoryBytes = 2 * 1024 ** 3
const defaultScratchMaxBytes = 10 * 1024 ** 3
/** Beyond what a launcher itself gives its app: the pod is not ended for it, but it is not left there for ever. */
const startMarginSeconds = 900

export interface PodParts {
  names: Names
  options: KubernetesRuntimeOptions
  spec: InstanceSpec
  ports: PodPorts
  failure: StartFailure | null
}

export function buildMemoryOf({ buildLimits }: Pick<KubernetesRuntimeOptions, 'buildLimits'>): number {
  return buildLimits?.memoryBytes ?? defaultBuildMemoryBytes
}

/** Whether it has an environment to be installed, or one of its own. */
export function needsBuild({ environment }: Pick<InstanceSpec, 'environment'>): boolean {
  return environment.ownVolumeBytes !== undefined || environment.inputsSha256 !== ''
}

/** One process of an instance; it meets the restricted profile of the Pod Security Standards. */
export function instancePod(parts: PodParts): V1Pod {
  const { names, spec, ports, failure } = parts
  const { id, generation } = spec
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: names.process(id, generation),
      labels: names.labels('instance', { [labels.instance]: id, [labels.generation]: String(generation) }),
      annotations: {
        [annotations.port]: String(ports.public),
        [annotations.usagePort]: String(ports.usage),
        [annotations.memory]: String(spec.limits.memoryBytes),
        ...(failure && { [annotations.failure]: JSON.stringify(failure) }),
      },
    },
    spec: {
      ...confined(parts.options),
      hostname: 'app',
      terminationGracePeriodSeconds: graceSeconds,
      ...(isBuilt(parts) && { initContainers: [buildContainer(parts)] }),
      containers: [appContainer(parts)],
      volumes: volumesOf(parts),
    },
  }
}

/** What is common to all pods that run the image of apps: no privilege, and nothing of the cluster. */
export function confined({ imagePullSecret }: Pick<KubernetesRuntimeOptions, 'imagePullSecret'>) {
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(imagePullSecret && { imagePullSecrets: [{ name: imagePullSecret }] }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: appUser,
      runAsGroup: appUser,
      fsGroup: appUser,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  }
}

export const confinedContainer: V1SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
}

function buildContainer({ options, spec }: PodParts): V1Container {
  return launcher(options, containers.build, {
    command: 'build',
    mounts: [
      { name: 'bundle', mountPath: bundleDirectory },
      { name: 'build', mountPath: specDirectory, readOnly: true },
      resourcesMount(spec),
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'home', mountPath: '/home/app' },
    ],
    memory: { request: 256 << 20, limit: buildMemoryOf(options) },
  })
}

function appContainer(parts: PodParts): V1Container {
  const { options, spec, ports } = parts
  const { cpuMillis, memoryBytes, memoryReservationBytes = memoryBytes } = spec.limits
  const container = launcher(options, containers.app, {
    command: 'run',
    mounts: [
      { name: 'bundle', mountPath: bundleDirectory },
      { name: 'run', mountPath: specDirectory, readOnly: true },
      { name: 'app', mountPath: '/app' },
      { name: 'home', mountPath: '/home/app' },
      { name: 'tmp', mountPath: '/tmp' },
      ...(isBuilt(parts) ? [{ ...resourcesMount(spec), readOnly: !hasOwnResources(spec) }] : []),
      ...(spec.volume ? [{ name: 'data', mountPath: spec.volume.path }] : []),
      ...ownFileDirectories(spec).map((mountPath, index) => ({ name: `files-${index}`, mountPath })),
    ],
    memory: { request: Math.min(memoryReservationBytes, memoryBytes), limit: memoryBytes },
    ...(cpuMillis !== undefined && { cpuMillis }),
  })
  return {
    ...container,
    ports: [{ containerPort: ports.public, protocol: 'TCP' }],
    startupProbe: {
      // The launcher's last word so far: it says when the app has answered.
      exec: {
        command: ['/bin/sh', '-c', 'case "$(cat /dev/termination-log)" in *\'"running"\'*) ;; *) exit 1 ;; esac'],
      },
      periodSeconds: 1,
      timeoutSeconds: 10,
      failureThreshold: Math.ceil(spec.startTimeoutMs / 1000) + startMarginSeconds,
    },
  }
}

interface LauncherContainer {
  command: 'build' | 'run'
  mounts: V1VolumeMount[]
  memory: { request: number; limit: number }
  cpuMillis?: number
}

function launcher(
  options: KubernetesRuntimeOptions,
  name: string,
  { command, mounts, memory, cpuMillis }: LauncherContainer,
): V1Container {
  const scratch = options.scratchMaxBytes ?? defaultScratchMaxBytes
  return {
    name,
    image: options.image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/opt/wave/enter-pod', command, `${specDirectory}/${command}.json`],
    volumeMounts: mounts,
    terminationMessagePolicy: 'File',
    securityContext: confinedContainer,
    resources: {
      requests: {
        cpu: `${Math.min(cpuMillis ?? 50, 50)}m`,
        memory: String(memory.request),
        'ephemeral-storage': String(Math.min(64 << 20, scratch)),
      },
      limits: {
        memory: String(memory.limit),
        'ephemeral-storage': String(scratch),
        ...(cpuMillis !== undefined && { cpu: `${cpuMillis}m` }),
      },
    },
  }
}

function isBuilt({ spec, failure }: PodParts): boolean {
  return needsBuild(spec) && !failure
}

function hasOwnResources({ environment }: InstanceSpec): boolean {
  return environment.ownVolumeBytes !== undefined
}

/** On a volume not its root, where a disk may have a directory of its own. */
function resourcesMount(spec: InstanceSpec): V1VolumeMount {
  return { name: 'resources', mountPath: '/resources', ...(hasOwnResources(spec) && { subPath: 'environment' }) }
}

function volumesOf(parts: PodParts): V1Volume[] {
  const { names, spec } = parts
  const { id, generation, volume } = spec
  const secret = (what: 'run' | 'build') => ({ secretName: names.process(id, generation, what), defaultMode: 0o440 })
  const claim = (what: 'data' | 'resources') => ({ persistentVolumeClaim: { claimName: names.instance(id, what) } })
  const scratch = ['app', 'bundle', 'home', 'tmp', ...ownFileDirectories(spec).map((_, index) => `files-${index}`)]
  return [
    { name: 'run', secret: secret('run') },
    ...scratch.map((name) => ({ name, emptyDir: {} })),
    ...(isBuilt(parts)
      ? [
          { name: 'build', secret: secret('build') },
          { name: 'resources', ...(hasOwnResources(spec) ? claim('resources') : { emptyDir: {} }) },
        ]
      : []),
    ...(volume ? [{ name: 'data', ...claim('data') }] : []),
  ]
}
