import { Navigate } from 'react-router'
import { useSession } from '../api/session-queries.ts'

/** Where the store's bare address leads: home, or to what everybody may see. */
export function StartPage() {
  const { user } = useSession()
  return <Navigate to={user ? '/home' : '/catalog'} replace />
}
