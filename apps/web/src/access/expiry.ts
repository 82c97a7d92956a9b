const dayMs = 86_400_000

/** How long a token may live, in days, to choose from. */
export const lifetimesInDays = [7, 30, 90, 366] as const

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** `30 days, until 5 Jan 2027`. */
export function describeLifetime(days: number, nowMs: number): string {
  const length = days === 366 ? 'One year' : `${days} days`
  return `${length}, until ${date.format(nowMs + days * dayMs)}`
}
