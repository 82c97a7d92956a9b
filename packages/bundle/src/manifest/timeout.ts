const units: Record<string, number> = { s: 1, m: 60, h: 3600 }
const longestSeconds = 366 * 24 * 3600

/** Seconds of `30s`, `15m`, `8h` or `1h30m`; null for `-1` (never); undefined when it is none of these, or longer than a year. */
export function parseTimeout(text: string): number | null | undefined {
  if (text === '-1') return null
  if (!/^(?:\d{1,9}h)?(?:\d{1,9}m)?(?:\d{1,9}s)?$/.test(text)) return undefined
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(/(\d+)([hms])/g)) seconds += Number(amount) * units[unit!]!
  return seconds > 0 && seconds <= longestSeconds ? seconds : undefined
}
