import { useSearchParams } from 'react-router'
import { defaultHours, hoursFrom } from './SpanChoice.tsx'

/** How far back a page's charts go, kept in its address. */
export function useSpan(): [hours: number, choose: (hours: number) => void] {
  const [query, setQuery] = useSearchParams()
  const choose = (hours: number) => setQuery(hours === defaultHours ? {} : { hours: String(hours) }, { replace: true })
  return [hoursFrom(query.get('hours')), choose]
}
