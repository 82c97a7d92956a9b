const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/**
 * How long ago, in the largest unit that is not 0: `18d`, `5h`, `0s`; what is still to come is `0s`.
 *
 * @param since ISO 8601
 */
export function age(since: string, now = Date.now()): string {
  const ms = Math.max(0, now - Date.parse(since))
  const [unit, size] = units.find(([, size]) => ms >= size) ?? (['s', 1000] as const)
  return `${Math.floor(ms / size)}${unit}`
}

/**
 * A moment as the guide's samples print it: `2020-10-13 06:28:03.050 +0000 UTC`.
 *
 * @param moment ISO 8601, in UTC
 */
export function instant(moment: string): string {
  return `${new Date(moment).toISOString().replace('T', ' ').replace('Z', '')} +0000 UTC`
}
