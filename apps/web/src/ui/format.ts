import { language, plural, t } from '../i18n/t.ts'

const binaryUnits = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** `1 GiB`, `1.5 MiB`, `300 bytes`: three digits at most, no trailing zero. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1023.5 && unit < binaryUnits.length - 1) {
    value /= 1024
    unit += 1
  }
  if (unit === 0) return plural(bytes, plain.format(bytes), '{count} byte', '{count} bytes')
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${plain.format(Number(value.toFixed(digits)))} ${binaryUnits[unit]}`
}

const plain = new Intl.NumberFormat(language, { useGrouping: false })
const grouped = new Intl.NumberFormat(language)

const agesInSeconds = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })

/** `3 minutes ago`, `yesterday`; under a minute `just now`. A clock that is behind counts as now. */
export function formatAge(since: string, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - Date.parse(since)) / 1000)
  for (const [unit, length] of agesInSeconds)
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit)
  return t('just now')
}

/** A running time: `8 s`, `2 min 5 s`, `3 h 20 min`, `4 d 2 h`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), t('d')],
    [Math.floor(seconds / 3_600) % 24, t('h')],
    [Math.floor(seconds / 60) % 60, t('min')],
    [seconds % 60, t('s')],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  if (first === -1) return `0 ${t('s')}`
  const shown = parts.slice(first, first + 2).filter(([value]) => value > 0)
  return shown.map(([value, unit]) => `${value} ${unit}`).join(' ')
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Date and time as this browser writes them. */
export function formatTime(time: string): string {
  return exact.format(new Date(time))
}

const toTheSecond = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** The same, with seconds. */
export function formatExactTime(time: string): string {
  return toTheSecond.format(new Date(time))
}

/** `1,204`. */
export function formatNumber(number: number): string {
  return grouped.format(number)
}

/** `1 app`, `2 apps`, `1,204 apps`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return plural(count, formatNumber(count), `{count} ${one}`, `{count} ${many}`)
}

/** `0.4 s`, `12 s`: below ten seconds with one digit. */
export function formatSeconds(ms: number): string {
  return ms < 10_000 ? `${plain.format(Number((ms / 1000).toFixed(1)))} ${t('s')}` : formatDuration(ms)
}

/** Milli-CPUs as people say them: `0.5 CPU`, `2 CPUs`. */
export function formatCpu(millis: number): string {
  const shown = plain.format(millis / 1000)
  return plural(millis <= 1000 ? 1 : 2, shown, '{count} CPU', '{count} CPUs')
}
