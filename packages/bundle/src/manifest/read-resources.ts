import type { RuntimeSection } from './manifest.ts'
import { codeDirectory, isInside, resolveSandboxPath, resourcesDirectory, systemDirectoryOf } from './sandbox-path.ts'
import { quoted, type SectionReader } from './section-reader.ts'

type Resources = Pick<
  RuntimeSection,
  | 'volume'
  | 'resourceVolumeBytes'
  | 'memoryLimitBytes'
  | 'memoryReservationBytes'
  | 'cpuLimitMillis'
  | 'cpuReservationMillis'
  | 'gpu'
>

const smallestBytes = 1024n ** 2n
const largestBytes = 1024n ** 5n
const largestMillis = 10_000n * 1000n

export function readResources(reader: SectionReader): Resources {
  const memoryLimitBytes = readBytes(reader, 'MemoryLimit', '500Mi')
  const memoryReservationBytes = readBytes(reader, 'MemoryReservation', '400Mi')
  const cpuLimitMillis = readMillis(reader, 'CPULimit', '1.5')
  const cpuReservationMillis = readMillis(reader, 'CPUReservation', '500m')
  const resourceVolumeBytes = readBytes(reader, 'ResourceVolumeSize', '2Gi')
  const volume = readVolume(reader)
  const gpu = readGpu(reader)
  checkReservation(reader, 'Memory', memoryReservationBytes, memoryLimitBytes)
  checkReservation(reader, 'CPU', cpuReservationMillis, cpuLimitMillis)
  return {
    ...(volume && { volume }),
    ...(resourceVolumeBytes !== undefined && { resourceVolumeBytes }),
    ...(memoryLimitBytes !== undefined && { memoryLimitBytes }),
    ...(memoryReservationBytes !== undefined && { memoryReservationBytes }),
    ...(cpuLimitMillis !== undefined && { cpuLimitMillis }),
    ...(cpuReservationMillis !== undefined && { cpuReservationMillis }),
    ...(gpu && { gpu }),
  }
}

function readBytes(reader: SectionReader, key: string, example: string): number | undefined {
  const bytes = reader.quantity(key, example)?.bytes
  if (bytes === undefined) return undefined
  if (bytes >= smallestBytes && bytes <= largestBytes) return Number(bytes)
  const written = String(reader.section.fields.get(key)?.value)
  const hint = /\dm$/.test(written)
    ? ` "m" means thousandths: did you mean ${quoted(written.replace(/m$/, 'Mi'))}?`
    : ''
  const fault = bytes < smallestBytes ? 'less than 1Mi' : 'more than 1Pi'
  reader.error('bad_value', key, `${key} = ${quoted(written)} is ${fault}; write a size such as "${example}".${hint}`)
  return undefined
}

function readMillis(reader: SectionReader, key: string, example: string): number | undefined {
  const millis = reader.quantity(key, example)?.millis
  if (millis === undefined) return undefined
  if (millis > 0n && millis <= largestMillis) return Number(millis)
  const written = quoted(reader.section.fields.get(key)?.value)
  const fault = millis <= 0n ? 'not more than zero' : 'more than 10000 processors'
  reader.error('bad_value', key, `${key} = ${written} is ${fault}; write processors, such as "${example}".`)
  return undefined
}

function checkReservation(reader: SectionReader, what: string, reservation?: number, limit?: number): void {
  if (reservation === undefined || limit === undefined || reservation <= limit) return
  const message = `${what}Reservation is larger than ${what}Limit; reserve at most the limit.`
  reader.error('bad_value', `${what}Reservation`, message)
}

function readVolume(reader: SectionReader): RuntimeSection['volume'] {
  const written = reader.nonEmpty('VolumeMount')
  const sizeBytes = readBytes(reader, 'VolumeSize', '1Gi')
  const hasSize = ![undefined, ''].includes(reader.section.fields.get('VolumeSize')?.value as string | undefined)
  if (written === undefined) {
    if (hasSize && !reader.section.fields.get('VolumeMount')?.value) {
      reader.error('required', 'VolumeMount', 'VolumeSize needs VolumeMount beside it: write VolumeMount = "/data".')
    }
    return undefined
  }
  if (!hasSize) {
    reader.error('required', 'VolumeSize', 'VolumeMount needs VolumeSize beside it: write VolumeSize = "1Gi".')
  }
  const mountPath = checkMountPath(reader, written)
  return mountPath !== undefined && sizeBytes !== undefined ? { mountPath, sizeBytes } : undefined
}

function checkMountPath(reader: SectionReader, written: string): string | undefined {
  const resolved = resolveSandboxPath(written)
  const fault = !written.startsWith('/')
    ? 'is not an absolute path.'
    : 'fault' in resolved
      ? resolved.fault
      : faultOfMountPath(resolved.path)
  if (fault === undefined && 'path' in resolved) return resolved.path
  const advice = 'Choose a directory of its own, such as "/data".'
  reader.error('bad_value', 'VolumeMount', `VolumeMount ${quoted(written)} ${fault} ${advice}`)
  return undefined
}

/** Below the code's own directory a volume may stand: apps keep data beside their code. */
function faultOfMountPath(path: string): string | undefined {
  if (path === '/') return 'is the root of the file system.'
  if (path === codeDirectory) return "is where the app's code stands."
  if (isInside(path, resourcesDirectory)) return "is where the app's Python environment stands."
  if (path === '/tmp') return 'is the directory for temporary files, which every instance has anyway.'
  const system = systemDirectoryOf(path)
  return system && `lies in ${system}, which belongs to the system.`
}

function readGpu(reader: SectionReader): RuntimeSection['gpu'] {
  const count = reader.integer('GPUCount', { min: 0, max: 1024 })
  const type = reader.nonEmpty('GPUType')
  if (count) return { count, ...(type !== undefined && { type }) }
  if (type !== undefined && count === undefined && !reader.has('GPUCount')) {
    reader.warning('not_used', 'GPUType', 'GPUType has no effect without GPUCount: write GPUCount = 1 beside it.')
  }
  return undefined
}
