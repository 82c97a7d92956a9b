import { parseQuantity } from '@wave-store/bundle'
import type { StoreSettings } from '@wave-store/contract'
import { t } from '../../i18n/t.ts'
import { formatBytes, formatNumber } from '../../ui/format.ts'

export type LimitName = Exclude<keyof StoreSettings, 'publicMode' | 'notices'>

interface LimitField {
  name: LimitName
  label: string
  /** What 0 means, where it means something else than none. */
  zero?: string
  unit?: 'bytes'
}

export const quotaFields: LimitField[] = [
  { name: 'instancesPerUser', label: t('Instances per person') },
  { name: 'instancesPerVisitor', label: t('Instances per visitor') },
  { name: 'aliasesPerUser', label: t('Aliases per person') },
  { name: 'secretsPerUser', label: t('Secrets per person') },
]

/** Where the manifest says nothing. */
export const limitFields: LimitField[] = [
  { name: 'memoryBytes', label: t('Memory of an instance'), unit: 'bytes' },
  { name: 'memoryReservationBytes', label: t('Memory that one reserves'), unit: 'bytes' },
  { name: 'cpuMillis', label: t('CPU in thousandths of a core'), zero: t('no limit') },
  { name: 'pids', label: t('Processes and threads') },
  { name: 'idleMinutes', label: t('Minutes without use until it sleeps'), zero: 'never' },
]

/** A value in words: `1 GiB`, `10`, `no limit`. */
export function describeLimit({ unit, zero }: LimitField, value: number): string {
  if (value === 0 && zero) return zero
  return unit === 'bytes' ? formatBytes(value) : formatNumber(value)
}

/** A value as it is typed: `1Gi`, `10`. */
export function writeLimit({ unit }: LimitField, value: number): string {
  if (unit !== 'bytes') return String(value)
  for (const [suffix, size] of [
    ['Gi', 2 ** 30],
    ['Mi', 2 ** 20],
    ['Ki', 2 ** 10],
  ] as const)
    if (value % size === 0) return `${value / size}${suffix}`
  return String(value)
}

/** Undefined: it is no number. Whether it is one that the store takes, the store says. */
export function readLimit({ unit }: LimitField, text: string): number | undefined {
  if (unit === 'bytes') {
    const quantity = parseQuantity(text.replaceAll(/\s/g, '').replace(/B$/i, ''))
    return quantity && Number(quantity.bytes)
  }
  return /^\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : undefined
}
