import type { Category } from '@wave-store/contract'

/** What app.toml says, in one form whatever its spelling. */
export interface Manifest {
  app: AppSection
  runtime: RuntimeSection
  /** In file order; of two with one name only the last. */
  env: EnvEntry[]
  files: FileEntry[]
  /** Where a LINK app leads. */
  link?: { address: string }
}

/** A field whose value was refused holds its default; a required one then holds the empty string. */
export interface AppSection {
  name: string
  /** Semantic version of three parts. */
  version: string
  versionAsWritten: string
  /** The name where the manifest gives none. */
  title: string
  description: string
  /** Path of a Markdown file in the bundle. */
  longDescription?: string
  category: Category
  keywords: string[]
  tags: string[]
  lifecycle: Lifecycle
  /** null: never; undefined: whatever the service sets. */
  instanceTimeoutSeconds: number | null | undefined
}

export interface RuntimeSection {
  mode: AppMode
  /** As `python3 -m` takes it. */
  module?: string
  port?: number
  args: string[]
  /** Command of a container, in place of its image's own. */
  entryPoint?: string[]
  customImage?: string
  volume?: { mountPath: string; sizeBytes: number }
  resourceVolumeBytes?: number
  memoryLimitBytes?: number
  memoryReservationBytes?: number
  cpuLimitMillis?: number
  cpuReservationMillis?: number
  gpu?: { count: number; type?: string }
  enableOidc: boolean
  enableShm: boolean
  /** As written; `resolveRuntimeVersion` tells what it stands for. */
  runtimeVersion?: string
  routing: Routing
}

export interface SecretReference {
  name: string
  key: string
}

/** Exactly one of `value` and `secret` is given. */
export interface EnvEntry {
  name: string
  value?: string
  secret?: SecretReference
  /** The secret need not exist. */
  optional: boolean
}

/** Exactly one of `value` and `secret` is given. */
export interface FileEntry {
  /** Absolute, or relative to the app's code. */
  path: string
  value?: string
  secret?: SecretReference
  optional: boolean
}

export const lifecycles = ['ON_DEMAND', 'MANAGED', 'LINK'] as const
export type Lifecycle = (typeof lifecycles)[number]

export const appModes = ['wave', 'python', 'container'] as const
export type AppMode = (typeof appModes)[number]

export const routings = ['DOMAIN', 'BASE_URL'] as const
export type Routing = (typeof routings)[number]

/** Tables and keys that are understood, as the rules spell them. */
export const manifestKeys = {
  App: [
    'Name',
    'Version',
    'Title',
    'Description',
    'LongDescription',
    'Category',
    'Keywords',
    'Tags',
    'InstanceLifecycle',
    'InstanceTimeout',
  ],
  Runtime: [
    'Module',
    'VolumeMount',
    'VolumeSize',
    'ResourceVolumeSize',
    'MemoryLimit',
    'MemoryReservation',
    'CPULimit',
    'CPUReservation',
    'GPUCount',
    'GPUType',
    'EnableOIDC',
    'EnableSHM',
    'RuntimeVersion',
    'RoutingMode',
    'AppMode',
    'Port',
    'CustomImage',
    'AppArgs',
    'AppEntryPoint',
  ],
  Env: ['Name', 'Secret', 'SecretKey', 'Value', 'Optional'],
  File: ['Path', 'Secret', 'SecretKey', 'Value', 'Optional'],
  Link: ['Address'],
} as const
export type TableName = keyof typeof manifestKeys
