import { useState } from 'react'
import type { CatalogFilter } from '../api/app-queries.ts'

/** The filter whose answer came last, with that answer: what is shown until the answer to another one is there. */
export function useArrived<Found>(now: { filter: CatalogFilter; found: Found | undefined }) {
  const [shown, setShown] = useState<{ filter: CatalogFilter; found: Found } | null>(null)
  const { filter, found } = now
  if (found === undefined || shown?.found === found) return shown
  const arrived = { filter, found }
  setShown(arrived)
  return arrived
}
