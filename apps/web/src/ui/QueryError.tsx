import { StoreError } from '@wave-store/client'
import { useStoreIsAway } from '../api/session-queries.ts'
import { ErrorMessage } from './ErrorMessage.tsx'

interface QueryErrorProps {
  query: { error: Error | null; refetch: () => unknown }
}

/** Why a page's data could not be fetched or brought up to date; nothing while the shell says that the store is away. */
export function QueryError({ query: { error, refetch } }: QueryErrorProps) {
  const isAway = useStoreIsAway()
  if (!error || (isAway && error instanceof StoreError && error.code === 'unreachable')) return null
  return <ErrorMessage error={error} onRetry={refetch} />
}
