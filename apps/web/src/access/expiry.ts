import { t } from '../i18n/t.ts'

const dayMs = 86_400_000

/** How long a token may live, in days, to choose from. */
export const lifetimesInDays = [7, 30, 90, 366] as const

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** `30 days, until 5 Jan 2027`. */
export function describeLifetime(days: number, nowMs: number): string {
  const length = days === 366 ? t('One year') : t('{days} days', { days })
  return t('{length}, until {value}', { length, value: date.format(nowMs + days * dayMs) })
}
