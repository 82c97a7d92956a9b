import type { AuditFilter } from '../api/audit-queries.ts'

/** What is asked of the audit log, as its address and its fields hold it; days as `2026-11-25`, here, both included. */
export interface AuditChoice {
  search: string
  outcome: 'any' | 'done' | 'refused'
  from: string
  until: string
}

/** Midnight at the beginning of a day, here; undefined for what is no day. */
function beginningOf(day: string, daysLater: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  if (!date) return undefined
  const time = new Date(Number(year), Number(month) - 1, Number(date) + daysLater)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

export function auditFilterOf({ search, outcome, from, until }: AuditChoice): AuditFilter {
  return { scope: 'all', search, outcome, from: beginningOf(from, 0), until: beginningOf(until, 1) }
}
