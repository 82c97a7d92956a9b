import path from 'node:path'
import type { InstanceSpec } from '@wave-store/runtime'
import { appUser, doorInside, ownFileDirectories, ownPorts, type StartFailure } from '@wave-store/runtime/driver'
import type Docker from 'dockerode'
import { labels, type Names } from './labels.ts'
import type { DockerRuntimeOptions } from './options.ts'

const defaultLogMaxBytes = 16 << 20

/** Where the environment of an instance is; null: the image's own, of no package. */
export type ResourcesMount = { key: string | null; volume: string; writable: boolean } | null

interface InstanceParts {
  names: Names
  image: string
  options: DockerRuntimeOptions
  spec: InstanceSpec
  /** Names the process in its log. */
  process: string
  resources: ResourcesMount
  failure: StartFailure | null
}

/** What is common to all containers that run what others have written: no privilege, and no way to get one. */
export function confined(network: string, limits: { memoryBytes: number; pids: number; cpuMillis?: number }) {
  return {
    NetworkMode: network,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
    Memory: limits.memoryBytes,
    MemorySwap: limits.memoryBytes,
    PidsLimit: limits.pids,
    ...(limits.cpuMillis !== undefined && { NanoCpus: limits.cpuMillis * 1_000_000 }),
    RestartPolicy: { Name: 'no' },
  } satisfies Docker.HostConfig
}

export function instanceContainer(parts: InstanceParts): Docker.ContainerCreateOptions {
  const { names, image, options, spec, process, resources, failure } = parts
  const { public: port } = ownPorts(spec.entry, doorOf(options, spec)?.port)
  const logBytes = Math.ceil((options.logMaxBytes ?? defaultLogMaxBytes) / 2)
  const exposed = `${port}/tcp`
  return {
    name: names.instance(spec.id, spec.generation),
    Image: image,
    Cmd: ['run'],
    User: `${appUser}:${appUser}`,
    Hostname: 'app',
    OpenStdin: true,
    StdinOnce: true,
    Labels: names.labels('instance', {
      [labels.instance]: spec.id,
      [labels.generation]: String(spec.generation),
      [labels.process]: process,
      [labels.port]: String(port),
      [labels.memory]: String(spec.limits.memoryBytes),
      ...(failure && { [labels.failure]: JSON.stringify(failure) }),
      ...(resources && { [labels.environmentVolume]: resources.volume }),
      ...(resources?.key && { [labels.environment]: resources.key }),
    }),
    ...(options.addresses === 'published' && { ExposedPorts: { [exposed]: {} } }),
    HostConfig: {
      ...confined(names.network('apps'), spec.limits),
      LogConfig: { Type: 'json-file', Config: { 'max-size': String(logBytes), 'max-file': '2' } },
      ...(options.addresses === 'published' && {
        PortBindings: { [exposed]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
      }),
      Mounts: mountsOf(parts),
    },
  }
}

/** Directories that must be the app's own when it starts. */
export function ownDirectories(spec: Pick<InstanceSpec, 'volume' | 'files'>): string[] {
  return [...(spec.volume ? [spec.volume.path] : []), ...ownFileDirectories(spec)]
}

export function doorOf({ storeDoor }: DockerRuntimeOptions, spec: InstanceSpec) {
  return spec.reachesStore ? storeDoor : undefined
}

function mountsOf({ names, options, spec, resources }: InstanceParts): Docker.MountSettings[] {
  const door = doorOf(options, spec)
  return [
    ...(spec.volume ? [volumeMount(names.volume(spec.id), spec.volume.path)] : []),
    ...(resources ? [volumeMount(resources.volume, '/resources', !resources.writable)] : []),
    ...(door ? [{ Type: 'bind' as const, Source: path.dirname(door.socket), Target: doorInside, ReadOnly: true }] : []),
  ]
}

export function volumeMount(Source: string, Target: string, ReadOnly = false): Docker.MountSettings {
  // Empty at first, whatever the image has there.
  const VolumeOptions = { NoCopy: true, Labels: {}, DriverConfig: { Name: 'local', Options: {} } }
  return { Type: 'volume', Source, Target, ReadOnly, VolumeOptions }
}
