import { useSearchParams } from 'react-router'
import type { AuditChoice } from './audit-filter.ts'

const outcomes = ['any', 'done', 'refused'] as const

/** What is asked of the audit log stands in the address, so that it can be linked to. */
export function useAuditFilter() {
  const [params, setParams] = useSearchParams()
  const choice: AuditChoice = {
    search: (params.get('search') ?? '').slice(0, 200),
    outcome: outcomes.find((one) => one === params.get('outcome')) ?? 'any',
    from: params.get('from') ?? '',
    until: params.get('until') ?? '',
  }

  function choose(changes: Partial<AuditChoice>) {
    setParams((current) => {
      const next = new URLSearchParams(current)
      for (const [name, value] of Object.entries(changes)) {
        if (value && value !== 'any') next.set(name, value)
        else next.delete(name)
      }
      return next
    })
  }

  return { choice, choose }
}
