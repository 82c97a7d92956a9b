import { NotFound } from '../ui/NotFound.tsx'

export function NotFoundPage() {
  return <NotFound title="Page not found">There is no page at this address.</NotFound>
}
