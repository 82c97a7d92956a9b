import { useState } from 'react'

export interface Selection<T> {
  /** Those of the list that are chosen. */
  chosen: T[]
  has: (item: T) => boolean
  set: (item: T, isChosen: boolean) => void
  all: () => void
  none: () => void
}

/** Which things of a list are chosen; what leaves the list is not chosen any more. */
export function useSelection<T extends { id: string }>(items: T[]): Selection<T> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return {
    chosen: items.filter(({ id }) => ids.has(id)),
    has: ({ id }) => ids.has(id),
    set({ id }, isChosen) {
      const next = new Set(ids)
      if (isChosen) next.add(id)
      else next.delete(id)
      setIds(next)
    },
    all: () => setIds(new Set(items.map(({ id }) => id))),
    none: () => setIds(new Set()),
  }
}
