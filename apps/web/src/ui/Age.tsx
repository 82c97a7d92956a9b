import { formatAge, formatExactTime } from './format.ts'
import { useNow } from './use-now.ts'

/** How long ago something was, with the exact time on hover. */
export function Age({ since }: { since: string }) {
  const now = useNow()
  return (
    <time dateTime={since} title={formatExactTime(since)}>
      {formatAge(since, now)}
    </time>
  )
}
