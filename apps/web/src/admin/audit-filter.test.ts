import { expect, it } from 'vitest'
import { auditFilterOf } from './audit-filter.ts'

const choice = { search: 'churn', outcome: 'refused', from: '', until: '' } as const

it('takes both days in, as they are here', () => {
  const { from, until } = auditFilterOf({ ...choice, from: '2026-10-24', until: '2026-10-31' })
  expect([from, until]).toEqual([new Date(2026, 9, 24).toISOString(), new Date(2026, 10, 1).toISOString()])
})

it('leaves out what is no day', () => {
  expect(auditFilterOf({ ...choice, from: 'yesterday', until: '2026-1-1' })).toEqual({
    scope: 'all',
    search: 'churn',
    outcome: 'refused',
    from: undefined,
    until: undefined,
  })
})
