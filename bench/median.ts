/** Middle of the values, and how far the middle half of them spreads. */
export function median(values: number[]): { middle: number; low: number; high: number } {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { middle: at(0.5), low: at(0.25), high: at(0.75) }
}

/** `1.23 (1.20 to 1.31)` */
export function ratio(ours: number[], theirs: number[]): string {
  const base = median(theirs).middle
  const { middle, low, high } = median(ours.map((value) => value / base))
  return `${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
}
